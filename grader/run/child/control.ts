import type { GemmKind, WasmMemory } from '@im2grade/engine/run';
import { MAX_TEXT_BYTES } from '../protocol.ts';

/**
 * The words of the control block that the bootstrap and one member's jail share.
 * Student code never sees it: it holds only views of the arena.
 */
export const CONTROL = { state: 0, textBytes: 1, faultKind: 2, words: 16 } as const;

/** `whole` is prepare and call in one. */
export const STATE = { idle: 0, load: 1, prepare: 2, call: 3, whole: 4, done: 5, fault: 6 } as const;

/** The kinds of fault that the jail can tell, by number. */
export const FAULT = { notImplemented: 1, threw: 2, returnedSomething: 3, unequalBarriers: 4 } as const;

/** Text from the jail: what a function returned, or what went wrong. Lies behind the control words. */
export const TEXT_OFFSET = CONTROL.words * 4;

export const controlBlock = (): SharedArrayBuffer => new SharedArrayBuffer(TEXT_OFFSET + MAX_TEXT_BYTES);

export interface JailData {
  readonly control: SharedArrayBuffer;
  /** The script with the submission in it. */
  readonly bundle: SharedArrayBuffer;
  /** All arrays of the run, from `FIRST_FREE_BYTE` on. */
  readonly memory: WasmMemory;
  /** What the members of a team share. */
  readonly team: SharedArrayBuffer;
  readonly rank: number;
  readonly gemm: GemmKind;
}
