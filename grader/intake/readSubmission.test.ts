import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type ArchiveEntry, LINK_MODE, tarOf, zipOf } from '../../tests/e2e/support/archives.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { inFolder } from '../../tests/e2e/support/runGrade.ts';
import { UngradableError } from '../model/errors.ts';
import { readSubmission } from './readSubmission.ts';

const assignment = assignmentOf('conv2d-gemm');
const REQUIRED = ['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts'];
const entry = (name: string, text = name): ArchiveEntry => ({ name, bytes: Buffer.from(text) });
const good = REQUIRED.map((path) => entry(path));
const zeros = (length: number) => Buffer.alloc(length);

const formats: readonly [string, (entries: readonly ArchiveEntry[]) => Buffer][] = [
  ['ada.zip', zipOf],
  ['ada.tar', tarOf],
  ['ada.tar.gz', (entries) => gzipSync(tarOf(entries))],
  ['ada.TGZ', (entries) => gzipSync(tarOf(entries))],
];

const take = (name: string, bytes: Uint8Array, of = assignment) =>
  inFolder({}, async (folder) => {
    writeFileSync(join(folder, name), bytes);
    return readSubmission(join(folder, name), of);
  });

describe.each(formats)('%s', (name, pack) => {
  test('returns the deliverables, without the one top folder, and lists what it ignored', async () => {
    const within = [...good, entry('notes.txt')].map((each) => ({ ...each, name: `./hand-in/${each.name}` }));
    const clutter = [
      '__MACOSX/hand-in/._x',
      'hand-in/node_modules/a/b.js',
      'hand-in/node_modules/c.js',
      'hand-in/.git/config',
    ];
    const { files, ignored, absent } = await take(name, pack([...within, ...clutter.map((path) => entry(path))]));
    expect([...files]).toEqual([...REQUIRED].sort().map((path) => [path, path]));
    expect(absent).toEqual(['motivation.md']);
    expect(ignored).toEqual(['__MACOSX', 'hand-in/node_modules', 'hand-in/.git', 'notes.txt']);
  });

  test('the digest depends on the content, not on the packing', async () => {
    const { digest } = await take(name, pack([...good].reverse()));
    expect(digest).toBe((await take('bob.zip', zipOf(good))).digest);
  });

  test.each([
    ['too large', zeros(300_000), /^motivation\.md: .*262144/],
    ['not text', Buffer.from([0xff]), /^motivation\.md: not a UTF-8 text file/],
  ])('an optional deliverable that is %s is ignored, and the rest is accepted', async (_, bytes, why) => {
    const { files, absent, ignored } = await take(name, pack([...good, { name: 'motivation.md', bytes }]));
    expect([...files.keys()]).toEqual([...REQUIRED].sort());
    expect({ absent, ignored }).toEqual({ absent: ['motivation.md'], ignored: [expect.stringMatching(why)] });
  });

  test('a binary deliverable is returned as base64, and may be larger than the others; a text may not', async () => {
    const bytes = Buffer.alloc(300_000, 0xff);
    const weights = { path: 'weights.bin', exports: [], optional: true, binary: true, fileBytes: 300_000 };
    const withWeights = { ...assignment, deliverables: [...assignment.deliverables, weights] };
    const packed = pack([...good, { name: 'weights.bin', bytes }, { name: 'motivation.md', bytes: zeros(270_000) }]);
    const { files, absent } = await take(name, packed, withWeights);
    expect(files.get('weights.bin')).toBe(bytes.toString('base64'));
    expect(absent).toEqual(['motivation.md']);
  });

  const refused: readonly [string, readonly ArchiveEntry[], RegExp][] = [
    [
      'a climbing name',
      [...good, entry('../evil.ts')],
      /the archive is refused: invalid relative path: \.\.\/evil\.ts$/,
    ],
    ['a climbing name with backslashes', [...good, entry('a\\..\\..\\evil')], /invalid relative path/],
    ['an absolute name', [...good, entry('/etc/passwd')], /absolute path: \/etc\/passwd$/],
    ['a drive', [...good, entry('C:\\evil.ts')], /absolute path/],
    [
      'a link',
      [{ ...good[0], mode: LINK_MODE, bytes: zeros(0) }, ...good.slice(1)],
      /Im2MatLayer\.ts: is a symbolic link/,
    ],
    ['a linked folder', [{ name: 'src', mode: LINK_MODE }, ...good], /src: is a symbolic link/],
    ['a pipe', [{ ...good[0], mode: 0o010644, bytes: zeros(0) }, ...good.slice(1)], /is not a regular file/],
    ['a deliverable twice', [...good, good[0]], /src\/Im2MatLayer\.ts: twice in the archive$/],
    [
      'a name that differs in case',
      [...good, entry('src/im2matlayer.ts')],
      /take src\/im2matlayer\.ts for the same name/,
    ],
    ['a name that differs in Unicode form', [...good, entry('\u017frc/Im2MatLayer.ts')], /for the same name/],
    ['the wrong case', [entry('src/Im2matlayer.ts'), ...good.slice(1)], /found src\/Im2matlayer\.ts: rename it$/],
    ['a large deliverable', [...good.slice(1), { name: REQUIRED[0], bytes: zeros(300_000) }], /262144/],
    [
      'text that is not UTF-8',
      [...good.slice(1), { name: REQUIRED[0], bytes: Buffer.from([0xff]) }],
      /not a UTF-8 text/,
    ],
    ['too many entries', Array.from({ length: 2100 }, (_, i) => entry(`${i}`, '')), /more than 2000 entries/],
    ['nothing', [], /none of the deliverables was found|not a readable tar archive/],
  ];
  test.each(refused)('with %s is refused in one line', async (_, entries, message) => {
    const error = await take(name, pack(entries)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UngradableError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });
});

test('a zip archive that lies about a size is stopped', async () => {
  const lying = { name: REQUIRED[0], bytes: zeros(50_000_000), claimedSize: 10 };
  await expect(take('ada.zip', zipOf([...good.slice(1), lying]))).rejects.toThrow(
    /broken in the archive \(too many bytes/,
  );
});

test('a gzip bomb is stopped on the stream', async () => {
  const bomb = gzipSync(tarOf([...good, { name: 'zeros', bytes: zeros(200_000_000) }]));
  const before = process.memoryUsage().rss;
  await expect(take('ada.tgz', bomb)).rejects.toThrow(/unpacks to more than \d+ bytes/);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

test('an archive that is gzipped twice is not inflated twice', async () => {
  await expect(take('ada.tgz', gzipSync(gzipSync(tarOf(good))))).rejects.toThrow(/gzipped twice/);
});

test('an archive of more than 10 MiB is not opened', async () => {
  await expect(take('ada.zip', zeros(11_000_000))).rejects.toThrow(/11000000 bytes; at most 10485760/);
});

test('a folder within a folder is taken for the submission; links in it are not followed', () =>
  inFolder(Object.fromEntries(REQUIRED.map((path) => [`hand-in/inner/${path}`, path])), async (folder) => {
    const top = join(folder, 'hand-in');
    mkdirSync(join(top, 'inner/.git'));
    expect((await readSubmission(top, assignment)).ignored).toEqual(['inner/.git']);
    symlinkSync('/etc/passwd', join(top, 'inner/motivation.md'));
    await expect(readSubmission(top, assignment)).rejects.toThrow('motivation.md: is a symbolic link');
  }));
