import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOf } from '../test/endOf.ts';
import { sequentialGraph } from '../architectures/sequentialGraph.ts';
import { readStateDict } from './readStateDict.ts';

interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly isCompressed?: boolean;
}

/** A zip archive; `lie` changes its directory's record of an entry. */
function zipOf(entries: readonly ZipEntry[], lie: (record: Buffer) => void = () => {}): Buffer {
  const [locals, records]: Buffer[][] = [[], []];
  let at = 0;
  for (const { name, data, isCompressed = false } of entries) {
    const stored = isCompressed ? deflateRawSync(data) : data;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(isCompressed ? 8 : 0, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(stored.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    locals.push(Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), stored]));
    const record = Buffer.concat([Buffer.from('PK\x01\x02\0\0'), common, Buffer.alloc(14), Buffer.from(name)]);
    record.writeUInt32LE(at, 42);
    lie(record);
    records.push(record);
    at += locals.at(-1)!.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const int = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return `J${bytes.toString('latin1')}`;
};
const tuple = (...values: readonly number[]): string => `(${values.map(int).join('')}t`;

interface Given {
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly storage?: string;
  readonly key?: string;
}

/** A tensor as PyTorch pickles it. */
const tensor = ({
  shape = [2, 3],
  strides = [3, 1],
  offset = 0,
  storage = 'FloatStorage',
  key = '0',
}: Given = {}): string =>
  `ctorch._utils\n_rebuild_tensor_v2\n((${text('storage')}ctorch\n${storage}\n${text(key)}${text('cpu')}${int(6)}tQ` +
  `${int(offset)}${tuple(...shape)}${tuple(...strides)}\x89ccollections\nOrderedDict\n)RtR`;

/** A dictionary of them. */
const stateDict = (tensors: Readonly<Record<string, string>>): Buffer =>
  ascii(
    `\x80\x02ccollections\nOrderedDict\n)R(${Object.entries(tensors)
      .map(([name, value]) => text(name) + value)
      .join('')}u.`,
  );

const NUMBERS = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer);
const archive = (pickle: Buffer, more: readonly ZipEntry[] = []): Buffer =>
  zipOf([{ name: 'm/data.pkl', data: pickle }, { name: 'm/data/0', data: NUMBERS }, ...more]);
const dict = (given: Given): Buffer => archive(stateDict({ w: tensor(given) }));
const read = (bytes: Uint8Array) => readStateDict('m.pth', bytes).tensors;

test('tensors are read by their sizes and strides', () => {
  expect(read(dict({}))).toEqual({ w: { shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) } });
  expect(read(dict({ shape: [3, 2], strides: [1, 3] }))['w'].data).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
  expect(read(dict({ shape: [2], strides: [1], offset: 4 }))['w'].data).toEqual(Float32Array.of(4, 5));
  expect(read(dict({ shape: [2, 2], strides: [0, 1] }))['w'].data).toEqual(Float32Array.of(0, 1, 0, 1));
  expect(read(dict({ shape: [], strides: [] }))['w'].data).toEqual(Float32Array.of(0));
  expect(read(dict({ shape: [3], strides: [1], storage: 'LongStorage' }))['w'].data).toBeInstanceOf(Float64Array);
});

test('the state of a model is found in a checkpoint', () => {
  const pickle = ascii(`\x80\x02}(${text('epoch')}K\x03${text('state_dict')}}(${text('w')}${tensor()}uu.`);
  expect(Object.keys(read(archive(pickle)))).toEqual(['w']);
});

/** A parameter of a parameter of a parameter … */
const nestedParameter = (depth: number): string =>
  'ctorch._utils\n_rebuild_parameter\n'.repeat(depth) + 'K\x01' + '\x85R'.repeat(depth);

const huge = { shape: [1 << 15, 1 << 15], strides: [0, 0] };
const LEGACY = Uint8Array.of(0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20);
const HOSTILE: readonly (readonly [does: string, end: RegExp, bytes: () => Uint8Array])[] = [
  ['is empty', /the zip archive is cut off or is none; save it with torch\.save/, () => new Uint8Array()],
  ['is of PyTorch before 1.6', /is of PyTorch before 1\.6/, () => LEGACY],
  [
    'is a whole model',
    /needs __main__\.Net, which is not admitted; save it with/,
    () => archive(ascii('\x80\x02c__main__\nNet\n)R.')),
  ],
  [
    'runs a command',
    /needs posix\.system, which is not admitted/,
    () => archive(ascii('cposix\nsystem\n(X\x02\0\0\0idtR.')),
  ],
  ['holds a number', /holds no dictionary of tensors/, () => archive(ascii('K\x01.'))],
  ['has no pickle', /has no data\.pkl/, () => zipOf([{ name: 'm/other', data: NUMBERS }])],
  [
    'is big-endian',
    /is big-endian/,
    () => archive(stateDict({ w: tensor() }), [{ name: 'm/byteorder', data: ascii('big') }]),
  ],
  [
    'inflates',
    /has m\/data\.pkl compressed/,
    () => zipOf([{ name: 'm/data.pkl', data: new Uint8Array(1e7), isCompressed: true }]),
  ],
  [
    'has entries that overlap',
    /overlap/,
    () =>
      zipOf(
        [
          { name: 'a', data: new Uint8Array(1000) },
          { name: 'b', data: NUMBERS },
          { name: 'c', data: NUMBERS },
        ],
        (record) => {
          record.writeUInt32LE(0, 42);
          record.writeUInt32LE(1000, 24);
        },
      ),
  ],
  [
    'has an entry twice',
    /has m\/data\.pkl twice/,
    () => archive(stateDict({}), [{ name: 'm/data.pkl', data: NUMBERS }]),
  ],
  [
    'has an entry elsewhere',
    /has no m\/data\.pkl where/,
    () => zipOf([{ name: 'm/data.pkl', data: NUMBERS }], (record) => record.writeUInt32LE(7, 42)),
  ],
  [
    'has an entry of gigabytes',
    /is cut off within m\/data\.pkl/,
    () => zipOf([{ name: 'm/data.pkl', data: NUMBERS }], (record) => record.writeUInt32LE(2 ** 31, 24)),
  ],
  [
    'has a name that is nested 200,000 deep',
    /holds no tensors|has no l\.weight|is it of this architecture/,
    () => archive(ascii(`\x80\x02}()${'\x85'.repeat(200_000)}K\x01u.`)),
  ],
  [
    'has a parameter of parameters 200,000 deep',
    /is it of this architecture/,
    () => archive(ascii(`\x80\x02}(${text('w')}${nestedParameter(200_000)}u.`)),
  ],
  ['has numbers that are not there', /its numbers are not there/, () => dict({ key: '9' })],
  ['has a storage of objects', /needs torch\.Evil, which is not admitted/, () => dict({ storage: 'Evil' })],
  ['reaches behind its storage', /its numbers are cut off/, () => dict({ offset: 3 })],
  ['spreads over its storage', /is a part of a larger tensor/, () => dict({ shape: [2], strides: [3] })],
  ['repeats one number a billion times', /is 32768×32768, which is too much/, () => dict(huge)],
  [
    'repeats a million numbers a hundred times',
    /is 1024×1024, which is too much/,
    () =>
      archive(
        stateDict(
          Object.fromEntries(
            Array.from({ length: 100 }, (_, i) => [`w${i}`, tensor({ shape: [1024, 1024], strides: [0, 0] })]),
          ),
        ),
      ),
  ],
  ['has a negative size', /is damaged/, () => dict({ shape: [-2, 3] })],
  ['has too few strides', /is damaged/, () => dict({ strides: [1] })],
];

test.each(HOSTILE)('a file that %s is refused in one line', (_, end, bytes) => {
  const line = endOf('m.pth', { 'm.pth': bytes() }, (file, tensors) =>
    sequentialGraph(file, tensors, {
      input: [1, 1, 3],
      layers: [{ type: 'flatten' }, { type: 'linear', name: 'l' }],
    }),
  );
  expect(line).toMatch(/^refused: m\.pth: /);
  expect(line).toMatch(end);
});

test('cut off or changed anywhere, a file is read or refused in one line', () => {
  const good = dict({});
  const architecture = { input: [1, 1, 3], layers: [{ type: 'flatten' }, { type: 'linear', name: 'l' }] };
  const bytes = archive(stateDict({ 'l.weight': tensor() }));
  const end = (given: Uint8Array): string =>
    endOf('m.pth', { 'm.pth': given }, (file, tensors) => sequentialGraph(file, tensors, architecture));
  expect(end(bytes)).toBe('read');
  expect(end(good)).toBe('refused: m.pth: has no l.weight; is it of this architecture?');
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
      const changed = Uint8Array.from(isCut ? bytes.subarray(0, at) : Uint8Array.from(bytes).with(at, byte));
      expect(end(changed)).toMatch(/^(read$|refused: m\.pth: )/);
    }),
    { numRuns: 1000 },
  );
});
