import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRandom } from '@im2grade/nn';
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { handInsOf } from '../../../grader/class/handInsOf.ts';
import { openClass } from '../../../grader/class/openClass.ts';
import { ArchiveThread } from '../../../grader/intake/ArchiveThread.ts';
import { listTar } from '../../../grader/intake/listTar.ts';
import { readSubmission, readListing, wantedBy } from '../../../grader/intake/readSubmission.ts';
import { MachineFault } from '../../../grader/model/errors.ts';
import { type ArchiveEntry, LINK_MODE, tarOf, zipOf } from '../support/archives.ts';
import { assignmentOf } from '../support/gradeFiles.ts';
import { inFolder } from '../support/runGrade.ts';

const MIB = 1024 * 1024;
/**
 * The processor time that an archive may take, all threads together, in multiples of the time in which this machine packs
 * that many names: some six seconds. Each of these archives once took minutes, or several times this.
 */
const MOST_PACKINGS = 10;
const PACKED_NAMES = 39_000;

const assignment = assignmentOf('conv2d-gemm');
const REQUIRED = ['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts'];
const good: readonly ArchiveEntry[] = REQUIRED.map((name) => ({ name, bytes: Buffer.from(name) }));
const random = createRandom(1);
/** Incompressible data allows an archive to inflate to more. */
const noise = Buffer.from(Uint32Array.from({ length: MIB / 4 }, () => random.integer(2 ** 32)).buffer);
const many = (count: number, entry: (n: number) => ArchiveEntry) => Array.from({ length: count }, (_, n) => entry(n));
const repeated = (count: number, bytes: Uint8Array) => Buffer.concat(Array.from({ length: count }, () => bytes));
const packed = (...parts: readonly Uint8Array[]) => gzipSync(Buffer.concat(parts), { level: 1 });
const withNoise = (entries: readonly ArchiveEntry[]) => packed(tarOf([{ name: 'noise', bytes: noise }, ...entries]));
const pax = (text: string) => Buffer.from(`${text.length + 8} ${text}\n`);
const inItself = (depth: number): Buffer =>
  zipOf(depth === 0 ? good : [{ name: 'hw.zip', bytes: inItself(depth - 1) }]);
const longName = Buffer.from('x/'.repeat(MIB / 2));

const taken = (files: number) => ({ taken: files });
const refused = (message: RegExp) => ({ refused: expect.stringMatching(message) as unknown });

const archives: readonly [what: string, name: string, bytes: () => Uint8Array, comes: object][] = [
  ['zeros after its end', 'a.tgz', () => packed(tarOf(good), noise, Buffer.alloc(60 * MIB)), taken(3)],
  ['nothing but zeros', 'a.tgz', () => packed(Buffer.alloc(60 * MIB)), refused(/unpacks to more than \d+ bytes/)],
  [
    'more zeros than are counted',
    'a.tgz',
    () => packed(tarOf(good), noise, Buffer.alloc(80 * MIB)),
    refused(/unpacks/),
  ],
  ['garbage after its end', 'a.tar', () => Buffer.concat([tarOf(good), repeated(8, noise)]), taken(3)],
  ['zeros, not packed', 'a.tar', () => Buffer.concat([tarOf(good), Buffer.alloc(9 * MIB)]), taken(3)],
  ['garbage in place of headers', 'a.tar', () => repeated(9, noise), refused(/not a readable tar/)],
  [
    'empty gzip members in a row',
    'a.tgz',
    () => Buffer.concat([gzipSync(tarOf(good)), repeated(450_000, gzipSync(''))]),
    taken(3),
  ],
  [
    'gzip members of one byte',
    'a.tgz',
    () => Buffer.concat([...tarOf(good)].map((byte) => gzipSync(Uint8Array.of(byte), { level: 0 }))),
    taken(3),
  ],
  [
    'headers without end',
    'a.tgz',
    () =>
      withNoise([
        { name: 'x', type: 'x', bytes: pax(`path=${'p'.repeat(900_000)}`) },
        ...many(100_000, () => ({ name: 'x', type: 'x' })),
      ]),
    refused(/is longer than 4096 characters|more than \d+ |none of the deliverables/),
  ],
  [
    'clutter without end',
    'a.tgz',
    () => withNoise([...many(110_000, (n) => ({ name: `node_modules/${n}` })), ...good]),
    refused(/more than 40000 names/),
  ],
  [
    'a pax header of megabytes',
    'a.tgz',
    () => withNoise([{ name: 'x', type: 'x', bytes: Buffer.alloc(40 * MIB, 65) }, ...good]),
    taken(3),
  ],
  [
    'long names in a row',
    'a.tgz',
    () => withNoise([...many(55, () => ({ name: 'L', type: 'L', bytes: longName })), ...good]),
    refused(/a name is longer than 4096 characters/),
  ],
  [
    'a long name for each entry',
    'a.tgz',
    () => withNoise(many(100, (n) => (n % 2 === 0 ? { name: 'L', type: 'L', bytes: longName } : { name: `${n}` }))),
    refused(/a name is longer than 4096 characters/),
  ],
  ['a sparse header', 'a.tar', () => tarOf([{ name: 'sparse', type: 'S', claimedSize: 0 }, ...good]), taken(3)],
  [
    'a directory stuffed with extra fields',
    'a.zip',
    () => zipOf([...good, ...many(140, (n) => ({ name: `${n}`, extra: Buffer.alloc(65_000) }))]),
    refused(/its directory is too large/),
  ],
  [
    'a directory stuffed with comments',
    'a.zip',
    () => zipOf([...good, ...many(140, (n) => ({ name: `${n}`, comment: Buffer.alloc(65_000, 65) }))]),
    refused(/its directory is too large/),
  ],
  [
    'an archive that unpacks to a thousand times what was handed in',
    'a.zip',
    () => zipOf([{ name: 'hw.tgz', bytes: packed(Buffer.alloc(60 * MIB)) }]),
    refused(/hw\.tgz: unpacks to more than \d+ bytes/),
  ],
  [
    'an archive of zeros beside the deliverables',
    'a.zip',
    () => zipOf([{ name: 'hw.zip', bytes: Buffer.alloc(60 * MIB) }, ...good.slice(1)]),
    taken(2),
  ],
  [
    'three archives that unpack to as much as they may',
    'a.tar',
    () =>
      tarOf([
        ...many(3, (n) => ({ name: `${n}.tgz`, bytes: packed(noise, Buffer.alloc(60 * MIB)) })),
        ...good.slice(1),
      ]),
    taken(2),
  ],
  ['itself in itself, as far as one looks', 'a.zip', () => inItself(6), refused(/none of the deliverables/)],
  [
    'an archive whose names lead out of it',
    'a.zip',
    () => zipOf([{ name: 'hw.zip', bytes: zipOf([{ name: 'a/../../x' }, ...good]) }]),
    refused(/hw\.zip: pack it again, from inside its folder; the archive is refused: invalid relative path/),
  ],
  [
    'an archive with a link in it',
    'a.zip',
    () =>
      zipOf([
        { name: 'hw.zip', bytes: zipOf([{ name: REQUIRED[0], mode: LINK_MODE, bytes: Buffer.from('/etc/passwd') }]) },
      ]),
    refused(/is a symbolic link/),
  ],
  [
    'more archives than are opened',
    'a.zip',
    () => zipOf(many(1900, (n) => ({ name: `${n}.zip`, bytes: noise.subarray(0, 1024) }))),
    refused(/holds 1900 archives/),
  ],
  [
    'a directory of clutter',
    'a.zip',
    () => zipOf([...many(PACKED_NAMES, (n) => ({ name: `.git/${n}` })), ...good]),
    taken(3),
  ],
];

/** Processor time since `before`. */
function cpuSecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

let mostCpuSeconds: number;
beforeAll(async () => {
  // The thread that reads archives is started by the first one.
  await inFolder({ 'ada.tar': tarOf(good) }, (folder) => readSubmission(join(folder, 'ada.tar'), assignment));
  const before = process.cpuUsage();
  zipOf(many(PACKED_NAMES, (n) => ({ name: `${n}` })));
  mostCpuSeconds = MOST_PACKINGS * cpuSecondsSince(before);
});

/** The result of reading an archive; the processor time is bounded. */
async function comeOf(work: () => Promise<{ readonly files: ReadonlyMap<string, string> }>): Promise<object> {
  const before = process.cpuUsage();
  const came = await work().then(
    ({ files }) => taken(files.size),
    (error: Error) => ({ refused: error.message }),
  );
  expect(cpuSecondsSince(before)).toBeLessThan(mostCpuSeconds);
  return came;
}

describe.each(archives)('an archive with %s', (_, name, bytes, comes) => {
  test('is read or refused with bounded work, alone and in a class', () =>
    inFolder({}, async (folder) => {
      mkdirSync(join(folder, 'class/alan/src'), { recursive: true });
      const path = join(folder, 'class', name);
      writeFileSync(path, bytes());
      expect(await comeOf(() => readSubmission(path, assignment))).toEqual(comes);

      const source = await openClass(join(folder, 'class'), wantedBy(assignment));
      const handIn = (await handInsOf(source, 'class', assignment)).find((each) => each.source === name)!;
      expect(await comeOf(async () => readListing(await handIn.list(), 'a', 'a', assignment))).toEqual(comes);
    }));
});

test('what follows the end of an archive is not copied', async () => {
  const bytes = Buffer.concat([tarOf(good), Buffer.alloc(8 * MIB)]);
  const concat = jest.spyOn(Buffer, 'concat');
  await listTar(bytes, 'a.tar', () => MIB);
  const copied = concat.mock.results.reduce((sum, { value }) => sum + (value as Buffer).length, 0);
  concat.mockRestore();
  expect(copied).toBeLessThan(MIB);
});

test('a class zip whose directory is stuffed is refused', () =>
  inFolder({}, async (folder) => {
    const path = join(folder, 'class.zip');
    const stuffed = many(300, (n) => ({ name: `ada/${n}`, extra: Buffer.alloc(65_000) }));
    writeFileSync(path, zipOf(stuffed));
    await expect(openClass(path, wantedBy(assignment))).rejects.toThrow(/its directory is too large/);
  }));

describe('reading that takes long', () => {
  const long = { source: packed(tarOf(good), noise, Buffer.alloc(60 * MIB)), shown: 'ada.tgz', wanted: [] };
  const short = { source: tarOf(good), shown: 'ada.tar', wanted: [] };

  /** Waits until what was asked has reached the reader; no answer of its can arrive in between. */
  const untilBegun = async () => {
    for (let microtask = 0; microtask < 100; microtask++) await Promise.resolve();
  };

  async function startedThread(): Promise<ArchiveThread> {
    const thread = new ArchiveThread();
    await thread.ask(short);
    return thread;
  }

  afterEach(() => {
    jest.useRealTimers();
  });

  test('is ended by a signal', async () => {
    const [thread, interruption] = [await startedThread(), new AbortController()];
    const read = thread.ask(long, interruption.signal);
    const second = thread.ask(long, interruption.signal);
    await untilBegun();
    interruption.abort(new Error('interrupted'));
    await expect(read).rejects.toThrow('interrupted');
    await expect(second).rejects.toThrow('interrupted');
  });

  test('ends at its time limit, which is not a verdict on the archive, and the next archive is read', async () => {
    const thread = await startedThread();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
    const read = thread.ask(long);
    await untilBegun();
    jest.advanceTimersByTime(60_000);
    await expect(read).rejects.toThrow(MachineFault);
    await expect(read).rejects.toThrow('ada.tgz: not read after 60 s; try again, or unpack it by hand');
    jest.useRealTimers();
    expect((await thread.ask(short)).entries).toHaveLength(good.length);
  });
});
