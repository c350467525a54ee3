import type { Call, Dtype, Values } from '../model/examination.ts';

/**
 * The frames between the grader and a submission's process: a 32-byte little-endian header, text, raw arrays.
 *
 *     0  u32  type          16  u32  bytes of text (UTF-8)
 *     4  u32  sequence      20  u32  bytes of body (arrays, each padded to 16 bytes)
 *     8  8 bytes nonce      24  8 bytes zero
 *
 * Text to the submission is our own JSON; text from it is never parsed, only bounded and shown (or read by a schema).
 */
export const HEADER_BYTES = 32;
export const NONCE_BYTES = 8;
export const MAX_TEXT_BYTES = 64 * 1024;
/** All arrays of one call together, and what a network allocates for itself. */
export const ARENA_BYTES = 256 * 1024 * 1024;

/**
 * To the submission: `load` a bundle; `call` a function; or, if the call is timed, `prepare` it, and `go` once that is
 * answered. From it: `ready`, `prepared`, `result`, or a `fault` in place of any.
 */
export const FRAME = { load: 1, call: 2, prepare: 3, go: 4, ready: 11, prepared: 12, result: 13, fault: 14 } as const;
/** The exit code of the process when a heap is full; it is not close to any signal's number. */
export const EXIT_OUT_OF_MEMORY = 71;

/** The text of a `call` or `prepare` frame. */
export interface CallText {
  readonly name: string;
  readonly options: unknown;
  readonly inputs: readonly { readonly dtype: Dtype; readonly length: number }[];
  readonly outputs: readonly { readonly dtype: Dtype; readonly length: number; readonly fill: 'zero' | 'garbage' }[];
  readonly returnInputs: boolean;
  /** Members of the team. */
  readonly team: number;
  /** Rank of the member that is late on purpose; −1 for none. */
  readonly straggler: number;
  /** One member works at a time. */
  readonly inTurns: boolean;
  /** Members see each other's writes only after a barrier. */
  readonly isApart: boolean;
  /** Numbers of the heap, from its beginning, for which it is recorded who wrote them last. */
  readonly recordedNumbers: number;
  /** A team that needs longer is stopped, and each rank is reported. */
  readonly seconds: number;
}

/**
 * What only the trusted main thread of the process learns of a timed call, on the second line of the text: no code of a
 * submission may foresee its inputs, or know which outputs are looked at.
 */
export interface UnseenText {
  readonly randomInputs: NonNullable<Call['randomInputs']>;
  readonly returned: Call['returned'] | undefined;
}

// In the jail these functions follow the rules of `child/serve.ts`: what they call is captured when the script is
// loaded.
const BYTES: Record<Dtype, number> = { float64: 8, float32: 4, int32: 4, uint8: 1 };
const VIEWS: Record<Dtype, new (buffer: ArrayBufferLike, offset: number, length: number) => Values> = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
};
const { ceil } = Math;
/**
 * Bound, so that no prototype is consulted for it, and without a prototype that could offer an iterator or a setter.
 */
type ArrayFrom = <T>(like: { __proto__: null; length: number }, make: (_: unknown, i: number) => T) => T[];
const arrayFrom = Array.from.bind(Array) as ArrayFrom;

/** Bytes that an array takes in a frame's body, padding included. */
export const paddedBytes = (dtype: Dtype, length: number): number => ceil((BYTES[dtype] * length) / 16) * 16;

/** The dtype of an array from any realm. */
export function dtypeOf(values: Values): Dtype {
  const dtype = { Float64Array: 'float64', Float32Array: 'float32', Int32Array: 'int32', Uint8Array: 'uint8' } as const;
  return dtype[values[Symbol.toStringTag]];
}

type Described = CallText['inputs'];

/** Views of all arrays of a call in one buffer from its byte `begin` on, in order: inputs first, then outputs. */
export const layOut = (
  { inputs, outputs }: { readonly inputs: Described; readonly outputs: Described },
  buffer: ArrayBufferLike,
  begin = 0,
): { inputs: Values[]; outputs: Values[] } => ({
  inputs: viewsOf(inputs, buffer, begin),
  outputs: viewsOf(outputs, buffer, begin + bodyBytes(inputs)),
});

/** Views of arrays in a buffer from its byte `begin` on, in order. */
export function viewsOf(described: Described, buffer: ArrayBufferLike, begin: number): Values[] {
  let next = begin;
  return arrayFrom({ __proto__: null, length: described.length }, (_, i): Values => {
    const { dtype, length } = described[i];
    const offset = next;
    next += paddedBytes(dtype, length);
    return new VIEWS[dtype](buffer, offset, length);
  });
}

/** Bytes that a list of arrays takes in a body. */
export function bodyBytes(described: Described): number {
  let bytes = 0;
  for (let i = 0; i < described.length; i++) bytes += paddedBytes(described[i].dtype, described[i].length);
  return bytes;
}

/** The outputs as they are returned: whole, or as many elements of each as are asked for. */
export const returnedOutputs = (outputs: Described, returned: Call['returned'] | undefined): Described =>
  returned ? outputs.map(({ dtype, length }) => ({ dtype, length: Math.min(length, returned.most) })) : outputs;

/** The heap's numbers that are recorded, and the writer of each, which are returned after the outputs. */
export const recordedArrays = ({ recordedNumbers: length }: Pick<CallText, 'recordedNumbers'>): Described =>
  length === 0
    ? []
    : [
        { dtype: 'float64', length },
        { dtype: 'uint8', length },
      ];

/** Writes a header for a frame. */
export function encodeHeader(
  type: number,
  sequence: number,
  nonce: Uint8Array,
  textBytes: number,
  body: number,
): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, sequence, true);
  header.set(nonce, 8);
  view.setUint32(16, textBytes, true);
  view.setUint32(20, body, true);
  return header;
}

export interface Header {
  readonly type: number;
  readonly sequence: number;
  readonly nonce: Uint8Array;
  readonly textBytes: number;
  readonly bodyBytes: number;
}

/** Reads a header; the caller checks its values. */
export function decodeHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  return {
    type: view.getUint32(0, true),
    sequence: view.getUint32(4, true),
    nonce: bytes.slice(8, 8 + NONCE_BYTES),
    textBytes: view.getUint32(16, true),
    bodyBytes: view.getUint32(20, true),
  };
}
