/** One instruction of classic BPF: code, the two jump distances, the operand. Source: `linux/filter.h`. */
export interface Instruction {
  readonly code: number;
  readonly ifTrue: number;
  readonly ifFalse: number;
  readonly operand: number;
}

export const CODE = { load: 0x20, equal: 0x15, atLeast: 0x35, anyBit: 0x45, result: 0x06 } as const;
export const INSTRUCTION_BYTES = 8;
const FARTHEST = 255;

/** Loads the 32-bit word at a byte offset of the input. */
export const load = (offset: number): Instruction => ({ code: CODE.load, ifTrue: 0, ifFalse: 0, operand: offset });

/** Ends the program with this value. */
export const result = (value: number): Instruction => ({ code: CODE.result, ifTrue: 0, ifFalse: 0, operand: value });

/**
 * Compares the loaded word with `operand` and skips the given number of instructions.
 *
 * @throws RangeError if a distance does not fit into a byte
 */
export function jump(
  test: 'equal' | 'atLeast' | 'anyBit',
  operand: number,
  ifTrue: number,
  ifFalse: number,
): Instruction {
  if (ifTrue > FARTHEST || ifFalse > FARTHEST) throw new RangeError(`a jump over ${Math.max(ifTrue, ifFalse)}`);
  return { code: CODE[test], ifTrue, ifFalse, operand };
}

/** The program as little-endian bytes, as the kernel expects it on every supported architecture. */
export function assemble(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * INSTRUCTION_BYTES);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, ifTrue, ifFalse, operand }, i) => {
    const at = i * INSTRUCTION_BYTES;
    view.setUint16(at, code, true);
    view.setUint8(at + 2, ifTrue);
    view.setUint8(at + 3, ifFalse);
    view.setUint32(at + 4, operand, true);
  });
  return bytes;
}
