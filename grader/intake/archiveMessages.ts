import type { Entry, Listed } from './Listing.ts';
import type { ZipSource } from './listZip.ts';

/** An archive to be read. */
export interface Request {
  /** Its bytes, or the descriptor of the open file. */
  readonly source: ZipSource;
  /** Its name in messages; the suffix says which kind it is. */
  readonly shown: string;
  /** The deliverables, and the number of bytes that are read of each at most. */
  readonly wanted: readonly (readonly [path: string, mostBytes: number])[];
  /** The size of the largest archive that is opened; `MAX_ARCHIVE_BYTES` if left out. */
  readonly mostBytes?: number;
  /** The bytes that were handed in, which bound what it may unpack to; its own size if left out. */
  readonly handedIn?: number | undefined;
  /** True if archives in it are read as well. */
  readonly withInner?: boolean;
}

/** An entry of an archive; for what may be a deliverable or holds some, also its bytes, or why it cannot be read. */
export interface ArchiveEntry extends Pick<Entry, 'path' | 'kind'> {
  readonly bytes?: Uint8Array;
  readonly refused?: string;
}

/** The result of listing an archive that can be read. */
export interface ReadArchive extends Omit<Listed, 'entries'> {
  readonly entries: readonly ArchiveEntry[];
}

/** The reader's answer. */
export type Answer =
  ({ readonly type: 'read' } & ReadArchive) | { readonly type: 'refused' | 'failed'; readonly message: string };
