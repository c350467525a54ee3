/** An array as NumPy saves it. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** How a number of each type is read; all are little-endian. */
const TYPES: Readonly<Record<string, { bytes: number; read(view: DataView, at: number): number }>> = {
  '<f8': { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  '<f4': { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  '<i8': { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  '<i4': { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  '<i2': { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  '|i1': { bytes: 1, read: (view, at) => view.getInt8(at) },
  '|u1': { bytes: 1, read: (view, at) => view.getUint8(at) },
  '|b1': { bytes: 1, read: (view, at) => view.getUint8(at) },
};

const MAGIC = '\x93NUMPY';

/**
 * Reads a `.npy` file: numbers, row by row.
 *
 * @throws Error saying what is wrong with it
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== MAGIC)
    throw new Error('does not begin as a .npy file does');
  const isFirstVersion = bytes[6] === 1;
  const begin = isFirstVersion ? 10 : 12;
  const end = begin + (isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = Buffer.from(bytes.subarray(begin, end)).toString('latin1');
  const descr = /'descr': '([^']*)'/.exec(header)?.[1] ?? '';
  const shape = /'shape': \(([\d, ]*)\)/
    .exec(header)?.[1]
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  if (!Object.hasOwn(TYPES, descr) || shape === undefined)
    throw new Error(`holds numbers of type "${descr}"; supported: ${Object.keys(TYPES).join(', ')}`);
  if (header.includes("'fortran_order': True"))
    throw new Error('is stored by columns; save it with numpy.ascontiguousarray');
  const { bytes: size, read } = TYPES[descr];
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - end !== count * size)
    throw new Error(`holds ${bytes.length - end} bytes; its shape (${shape.join(', ')}) wants ${count * size}`);
  return { shape, values: Float64Array.from({ length: count }, (_, i) => read(view, end + i * size)) };
}
