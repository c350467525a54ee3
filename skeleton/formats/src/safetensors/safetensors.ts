import * as z from 'zod';
import { printable } from '../printable.ts';
import { decodeUtf8 } from '../text/decodeUtf8.ts';
import { bytesOf, elements, type ElementType } from '../numbers/elements.ts';

/** Numbers with a shape, row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Tensors by name, as a `.safetensors` file holds them: Python reads one with `safetensors.torch.load_file`. */
export interface NamedTensors {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** Anything else, as text. */
  readonly metadata: Readonly<Record<string, string>>;
}

const Offset = z.number().int().nonnegative();
const MOST_AXES = 8;
const Entry = z.object({
  dtype: z.enum(['F64', 'F32', 'F16', 'BF16', 'I64', 'I32', 'U8']),
  shape: z.array(Offset).max(MOST_AXES),
  data_offsets: z.tuple([Offset, Offset]),
});
const METADATA = '__metadata__';
const Header = z.looseObject({ [METADATA]: z.record(z.string(), z.string()).default({}) });

/** The header is preceded by its length in 64 bits. */
const LENGTH_BYTES = 8;
const TYPES = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  U8: 'uint8',
} as const satisfies Record<z.infer<typeof Entry>['dtype'], ElementType>;
/** A header may describe as many: far more than a network has. */
const MOST_TENSORS = 10_000;

export function encodeSafetensors({ tensors, metadata }: NamedTensors): Uint8Array {
  const all = Object.entries(tensors);
  const header: Record<string, unknown> = { [METADATA]: metadata };
  let at = 0;
  for (const [name, { shape, data }] of all) {
    const dtype = data.BYTES_PER_ELEMENT === 4 ? 'F32' : 'F64';
    header[name] = { dtype, shape: [...shape], data_offsets: [at, (at += data.byteLength)] } satisfies z.infer<
      typeof Entry
    >;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const body = LENGTH_BYTES + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(body + at).fill(0x20, LENGTH_BYTES, body);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(body - LENGTH_BYTES), true);
  bytes.set(json, LENGTH_BYTES);
  at = body;
  for (const [, { data }] of all) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * The tensors of a file that `encodeSafetensors` or Python wrote. Double precision and integers become double precision,
 * everything else single.
 *
 * @throws Error saying what is wrong with the bytes
 */
export function decodeSafetensors(bytes: Uint8Array): NamedTensors {
  const { header, body } = readHeader(bytes);
  const { [METADATA]: metadata, ...entries } = header;
  if (Object.keys(entries).length > MOST_TENSORS) throw new Error(`it has more than ${MOST_TENSORS} tensors`);
  const all = Object.entries(entries).map(([name, given]) => [name, entryOf(name, given)] as const);
  // Each tensor is copied: a small file must not become many large tensors.
  const claimed = all.reduce(
    (
      sum,
      [
        ,
        {
          data_offsets: [begin, end],
        },
      ],
    ) => sum + Math.max(0, end - begin),
    0,
  );
  if (claimed > bytes.length - body) throw new Error('its tensors overlap or are cut off');
  const tensors = all.map(([name, { dtype, shape, data_offsets }]) => {
    const [begin, end] = data_offsets;
    const type = TYPES[dtype];
    if (body + end > bytes.length) throw new Error(`${printable(name)}: cut off`);
    const size = shape.reduce((product, length) => product * length, 1);
    if (end - begin !== size * bytesOf(type))
      throw new Error(`${printable(name)}: ${end - begin} bytes for the shape [${shape.join(', ')}] in ${dtype}`);
    const data = elements(type, bytes.subarray(body + begin, body + end));
    return [name, { shape, data }] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

function entryOf(name: string, given: unknown): z.infer<typeof Entry> {
  const entry = Entry.safeParse(given);
  if (entry.success) return entry.data;
  const { path, message } = entry.error.issues[0];
  throw new Error(`${printable(name)}: ${path.join('.')}: ${printable(message, 200)}`);
}

function readHeader(bytes: Uint8Array): { header: z.infer<typeof Header>; body: number } {
  if (bytes.length < LENGTH_BYTES) throw new Error(`${bytes.length} bytes are too few`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (LENGTH_BYTES + length > bytes.length) throw new Error('the header is cut off');
  const body = LENGTH_BYTES + length;
  const header = Header.safeParse(parseJson(bytes.subarray(LENGTH_BYTES, body)));
  if (!header.success) throw new Error('the header cannot be read');
  return { header: header.data, body };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes));
  } catch {
    return null;
  }
}
