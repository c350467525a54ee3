import type { Listing } from '../intake/Listing.ts';

/** One thing that lies directly in a class's folder or archive: a student's folder, archive or loose file. */
export type ClassItem = ClassFolder | ClassFile;

interface ClassFolder {
  readonly kind: 'folder';
  readonly name: string;
  /** True where the folder is a clone. */
  readonly isRepository: boolean;
  /** @throws UngradableError when it cannot be listed */
  list(): Listing;
}

interface ClassFile {
  readonly kind: 'file';
  readonly name: string;
  /** @throws UngradableError when there are more bytes, or they are broken */
  read(maxBytes: number): Promise<Uint8Array>;
}

/** A whole class as it was downloaded. */
export interface ClassSource {
  /** What the folder or the archive is called, without its suffix. */
  readonly name: string;
  /** In the order of their names. */
  readonly items: readonly ClassItem[];
  close(): void;
}

/** By code points, the same on every machine. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
