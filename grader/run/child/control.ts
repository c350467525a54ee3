/**
 * The words of the control block that the bootstrap and the jail share.
 * Student code never sees it: it holds only views of the arena.
 */
export const CONTROL = { state: 0, textBytes: 1, faultKind: 2, words: 16 } as const;

export const STATE = { idle: 0, load: 1, prepare: 2, call: 3, done: 4, fault: 5 } as const;

/** The kinds of fault that the jail can tell, by number. */
export const FAULT = { notImplemented: 1, threw: 2, returnedSomething: 3 } as const;

/** Text from the jail: what a function returned, or what went wrong. Lies behind the control words. */
export const TEXT_OFFSET = CONTROL.words * 4;

export interface JailData {
  readonly control: SharedArrayBuffer;
  readonly arena: SharedArrayBuffer;
}
