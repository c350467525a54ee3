import type { Listing } from '../intake/Listing.ts';

/** A top-level entry of a class's folder or archive: a student's folder, archive or loose file, or a symbolic link. */
export type ClassItem = ClassFolder | ClassFile | ClassLink;

interface ClassFolder {
  readonly kind: 'folder';
  readonly name: string;
  /** True if the folder is a clone. */
  readonly isRepository: boolean;
  /** What is directly in it, or in a folder in it; sorted, without the clutter that tools add. */
  names(inside?: string): readonly string[];
  /** @throws UngradableError if there is no such file, it has more bytes, or they are damaged */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /** @throws UngradableError if it cannot be listed */
  list(): Listing;
}

interface ClassFile {
  readonly kind: 'file';
  readonly name: string;
  /** Its path on the disk, and the user whose hard links are read there; undefined in an archive. */
  readonly disk?: { readonly file: string; readonly linksOf: number };
  /** @throws UngradableError if there are more bytes, or they are broken */
  read(maxBytes: number): Promise<Uint8Array>;
}

interface ClassLink {
  readonly kind: 'link';
  readonly name: string;
  /** The other entry of the class that it leads to, if it leads to one. */
  readonly leadsTo?: string | undefined;
}

/** A whole class as it was downloaded. */
export interface ClassSource {
  /** The name of the folder or the archive, without its suffix. */
  readonly name: string;
  /** Sorted by name. */
  readonly items: readonly ClassItem[];
  close(): void;
}

/** Compares code points, so that the order is the same on every machine. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** What is directly in a folder, by the paths of all that is below it; sorted. */
export const namesBelow = (folder: string, paths: readonly string[]): string[] =>
  [
    ...new Set(paths.flatMap((path) => (path.startsWith(folder) ? path.slice(folder.length).split('/')[0] : []))),
  ].sort();
