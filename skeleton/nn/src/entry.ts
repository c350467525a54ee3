import type { Real, Team } from '@im2grade/engine';

/** One call of an entry function: sizes and options, arrays to read, arrays to fill. */
export interface EntryCall<Options> {
  readonly options: Options;
  readonly inputs: readonly (Real | Int32Array | Uint8Array)[];
  readonly outputs: readonly (Real | Int32Array | Uint8Array)[];
  /** The threads that run the function together, on the same arrays. */
  readonly team: Team;
}

/** The functions through which an assignment is called from outside. They fill arrays, or return text. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each function has its own options
export type Entry = Readonly<Record<string, (call: EntryCall<any>) => string | void>>;
