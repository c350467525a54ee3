import type { GemmKind, WasmMemory } from '@im2grade/engine/run';
import type { FaultKind } from '../../model/examination.ts';
import { MAX_TEXT_BYTES } from '../protocol.ts';

/**
 * The words of the control block that the bootstrap and one member's jail share. Student code never sees it: it has
 * only views of the arena.
 */
export const CONTROL = { state: 0, textLength: 1, faultKind: 2, words: 16 } as const;

/** `whole` is prepare and call in one step. */
export const STATE = { idle: 0, load: 1, prepare: 2, call: 3, whole: 4, done: 5, fault: 6 } as const;

/** The kinds of fault that the jail can report, by number. */
export const FAULT = {
  notImplemented: 1,
  threw: 2,
  returnedSomething: 3,
  unequalBarriers: 4,
  racingWrites: 5,
} as const;
export const FAULT_KINDS: Readonly<Record<number, FaultKind>> = {
  [FAULT.notImplemented]: 'not-implemented',
  [FAULT.threw]: 'threw',
  [FAULT.returnedSomething]: 'returned-something',
  [FAULT.unequalBarriers]: 'unequal-barriers',
  [FAULT.racingWrites]: 'racing-writes',
};

/** The text of a fault of kind `threw`: the places on a line of their own, then the message. */
export function thrownIn(text: string): { readonly places: string; readonly message: string } {
  const end = text.indexOf('\n');
  return { places: text.slice(0, end), message: text.slice(end + 1) };
}

/**
 * Text after the control words: what is to be called, then what a function returned or what went wrong. It is in UTF-16
 * code units, because the jail's realm has no encoder.
 */
export const TEXT_OFFSET = CONTROL.words * 4;

/** Code units of text in a control block; each is one byte of UTF-8 or more. */
export const MAX_TEXT_UNITS = MAX_TEXT_BYTES;

export const controlBlock = (): SharedArrayBuffer => new SharedArrayBuffer(TEXT_OFFSET + 2 * MAX_TEXT_UNITS);

/** What is passed to the jail's realm. */
export interface RealmData {
  readonly control: SharedArrayBuffer;
  /** All arrays of the run, from `FIRST_FREE_BYTE` on. */
  readonly memory: WasmMemory;
  /** What the members of a team share. */
  readonly team: SharedArrayBuffer;
  readonly rank: number;
  readonly gemm: GemmKind;
}

/** What one member's thread is started with. */
export interface JailData {
  readonly realm: RealmData;
  /** Path of the script that runs in the realm, ahead of the submission. */
  readonly realmScript: string;
  /** The script with the submission in it. */
  readonly bundle: SharedArrayBuffer;
}
