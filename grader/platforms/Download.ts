import type { Student } from '../model/student.ts';

/** A top-level entry of a downloaded folder or archive. */
export type DownloadItem =
  | {
      readonly kind: 'folder';
      readonly name: string;
      /** True if the folder is a clone. */
      readonly isRepository: boolean;
      /** What is directly in it, or in a folder in it; sorted, without the clutter that tools add. */
      names(inside?: string): readonly string[];
      /** @throws UngradableError if there is no such file, it has more bytes, or they are damaged */
      read(path: string, maxBytes: number): Promise<Uint8Array>;
    }
  | {
      readonly kind: 'file';
      readonly name: string;
      /** @throws UngradableError if there are more bytes, or they are damaged */
      read(maxBytes: number): Promise<Uint8Array>;
    }
  | {
      readonly kind: 'link';
      readonly name: string;
    };

/** The owner of an item, as far as the download says. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** Those who handed it in together. */
  readonly students: readonly Student[];
  readonly isLate: boolean;
  /** ISO 8601 in UTC, if the download says when. */
  readonly handedInAt?: string | undefined;
  /** The same without a zone, as the clock of the course shows it, if the download says no more. */
  readonly handedInLocal?: string | undefined;
  /** The items of one key are one hand-in; an item without a key is one of its own. */
  readonly key?: string | undefined;
  /** The file as the student named it, if the platform put names and numbers before it. */
  readonly file?: string | undefined;
  /** Of two files of one student, the later one has the higher number. */
  readonly order: number;
  /** Of several attempts of one student, a later one has a higher number. */
  readonly attempt?: number | undefined;
  /** Why this item cannot be graded, if its name says so: it is a link, or an archive of a kind that is not read. */
  readonly problem?: string | undefined;
}

/** Finds the owner of an item; undefined if the name is not in this platform's form. */
export type OwnerOf = (item: DownloadItem) => Owner | undefined;

/** How the items of a download are named. */
export interface Layout {
  readonly ownerOf: OwnerOf;
  /** What a person should know about the download, a line for each. */
  readonly notes: readonly string[];
}
