import type { Entry } from './Listing.ts';

/** An archive to be read. */
export interface Request {
  readonly bytes: Uint8Array;
  /** What it is called in messages; the end of the name says what kind it is. */
  readonly shown: string;
  /** The deliverables, and how many bytes of each are read at most. */
  readonly wanted: readonly (readonly [path: string, mostBytes: number])[];
}

/** An entry of an archive; of what may be a deliverable also its bytes, or why it cannot be read. */
export interface ArchiveEntry extends Pick<Entry, 'path' | 'kind'> {
  readonly bytes?: Uint8Array;
  readonly refused?: string;
}

/** What is known of an archive that can be read. */
export interface ReadArchive {
  readonly entries: readonly ArchiveEntry[];
  readonly skipped: readonly string[];
}

/** What came of it. */
export type Answer =
  ({ readonly type: 'read' } & ReadArchive) | { readonly type: 'refused' | 'failed'; readonly message: string };
