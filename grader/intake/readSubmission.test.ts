import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
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
    ['not text', Buffer.from([0xff]), /^motivation\.md:1: not a UTF-8 text file/],
  ])('an optional deliverable that is %s is ignored, and the rest is accepted', async (_, bytes, why) => {
    const { files, absent, ignored } = await take(name, pack([...good, { name: 'motivation.md', bytes }]));
    expect([...files.keys()]).toEqual([...REQUIRED].sort());
    expect({ absent, ignored }).toEqual({ absent: ['motivation.md'], ignored: [expect.stringMatching(why)] });
  });

  test('a binary deliverable is returned as base64, and may be larger than the others; a text may not', async () => {
    const bytes = Buffer.alloc(300_000, 0xff);
    const weights = {
      path: 'weights.bin',
      exports: [],
      optional: true,
      binary: true,
      model: false,
      fileBytes: 300_000,
    };
    const withWeights = { ...assignment, deliverables: [...assignment.deliverables, weights] };
    const packed = pack([...good, { name: 'weights.bin', bytes }, { name: 'motivation.md', bytes: zeros(270_000) }]);
    const { files, absent } = await take(name, packed, withWeights);
    expect(files.get('weights.bin')).toBe(bytes.toString('base64'));
    expect(absent).toEqual(['motivation.md']);
  });

  test('an archive may be as large as the assignment says, and no larger', async () => {
    const bytes = randomBytes(11 * 1024 * 1024);
    const model = { path: 'model.onnx', exports: [], optional: true, binary: true, model: false, fileBytes: 2 ** 24 };
    const deliverables = [...assignment.deliverables, model];
    const packed = pack([...good, { name: 'model.onnx', bytes }]);
    const { files } = await take(name, packed, {
      ...assignment,
      deliverables,
      limits: { ...assignment.limits, archiveBytes: 2 ** 24 },
    });
    expect(files.get('model.onnx')).toBe(bytes.toString('base64'));
    await expect(take(name, packed, { ...assignment, deliverables })).rejects.toThrow(/at most 10485760 are read/);
  });

  const unusable: readonly [string, readonly ArchiveEntry[], RegExp][] = [
    ['is missing', [], /^src\/Im2MatLayer\.ts: missing; hand in the unchanged file of the skeleton/],
    ['is too large', [{ name: REQUIRED[0], bytes: zeros(300_000) }], /^src\/Im2MatLayer\.ts: .*262144/],
    [
      'is not text',
      [{ name: REQUIRED[0], bytes: Buffer.from('a\nb\xff\x00\n', 'latin1') }],
      /^src\/Im2MatLayer\.ts:2: not a UTF-8 text file; save it as UTF-8$/,
    ],
    [
      'may be one of two',
      [entry('src/Im2MatLayer (1).ts'), entry('src/Im2MatLayer (2).ts')],
      /^src\/Im2MatLayer\.ts: missing, and several files could be it: src\/Im2MatLayer \(1\)\.ts, .*; hand in one of them/,
    ],
  ];
  test.each(unusable)('a deliverable that %s costs no other one', async (_, entries, why) => {
    const submission = await take(name, pack([...good.slice(1), ...entries]));
    expect([...submission.files.keys()]).toEqual(REQUIRED.slice(1).sort());
    expect([...submission.unusable]).toEqual([[REQUIRED[0], expect.stringMatching(why)]]);
    const { digest } = await take(name, pack(good.slice(1)));
    expect(submission.digest === digest).toBe(entries.length === 0);
  });

  const elsewhere = (change: (path: string) => string) => good.map((each) => ({ ...each, name: change(each.name) }));
  const flat = elsewhere((path) => path.replace('src/', ''));
  const kind: readonly [string, readonly ArchiveEntry[], readonly string[]][] = [
    ['no src folder', flat, REQUIRED.map((path) => `${path.slice(4)} was taken for ${path}`)],
    [
      'no src folder, in a folder of its own beside a PDF',
      [...flat.map((each) => ({ ...each, name: `code/${each.name}` })), entry('report.pdf')],
      REQUIRED.map((path) => `code/${path.slice(4)} was taken for ${path}`),
    ],
    [
      'a folder in a folder',
      elsewhere((path) => `hw/hw/${path}`),
      ['the deliverables were taken from the folder hw/hw'],
    ],
    [
      'a folder beside a PDF',
      [...elsewhere((path) => `conv2d-gemm/${path}`), entry('report.pdf')],
      ['the deliverables were taken from the folder conv2d-gemm'],
    ],
    ['a copy inside the folder', [...good, ...elsewhere((path) => `old/${path}`)], []],
    [
      'half a copy beside the folder',
      [...elsewhere((path) => `new/${path}`), entry('old/src/classify.ts')],
      ['the deliverables were taken from the folder new'],
    ],
    [
      'another case',
      [entry('SRC/im2matlayer.ts'), ...good.slice(1)],
      ['SRC/im2matlayer.ts was taken for src/Im2MatLayer.ts'],
    ],
    [
      'one file beside its folder',
      [...good.slice(0, 2), entry('classify.ts')],
      ['classify.ts was taken for src/classify.ts'],
    ],
    ['the handout around it', [...good, entry('programs/classify.ts'), entry('README.md')], []],
    ['backslashes', elsewhere((path) => `hw\\${path.replaceAll('/', '\\')}`), []],
    [
      'names that all begin with ../',
      elsewhere((path) => `../hw/${path}`),
      ['all names in the archive begin with ../, which was left out'],
    ],
    ...['Im2MatLayer (1)', 'Im2MatLayer(2)', 'Im2MatLayer-1', 'Im2MatLayer - Copy', 'Im2MatLayer - Copy (2)']
      .concat(['Im2MatLayer copy', 'Im2MatLayer copy 3', 'Copy of Im2MatLayer', 'Im2MatLayer - Kopie', 'im2matlayer'])
      .map((stem): [string, readonly ArchiveEntry[], readonly string[]] => [
        `${stem}.ts`,
        [entry(`src/${stem}.ts`), ...good.slice(1)],
        [`src/${stem}.ts was taken for src/Im2MatLayer.ts`],
      ]),
    [
      'classify.ts.txt',
      [...good.slice(0, 2), entry('src/classify.ts.txt')],
      ['src/classify.ts.txt was taken for src/classify.ts'],
    ],
    [
      'classify (1).ts.txt',
      [...good.slice(0, 2), entry('src/classify (1).ts.txt')],
      ['src/classify (1).ts.txt was taken for src/classify.ts'],
    ],
  ];
  test.each(kind)('with %s is read, and what was assumed is said', async (_, entries, assumed) => {
    const submission = await take(name, pack(entries));
    expect([...submission.files.keys()]).toEqual([...REQUIRED].sort());
    expect([...submission.unusable]).toEqual([]);
    expect(submission.assumed).toEqual(assumed);
  });

  test('folders of tools cost nothing, whatever their number of files', async () => {
    const folders = ['node_modules/a', 'coverage/lcov-report', '.venv/lib', 'venv/lib', 'hw/node_modules'];
    const tools = folders.flatMap((folder) => Array.from({ length: 600 }, (_, i) => entry(`${folder}/f${i}.js`, '')));
    const { files, ignored, assumed } = await take(name, pack([...tools, ...good]));
    expect(files.size).toBe(3);
    expect(ignored).toEqual(['node_modules', 'coverage', '.venv', 'venv', 'hw/node_modules']);
    expect(assumed).toEqual([]);
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
    [
      'the deliverables in two folders',
      ['a/', 'b/'].flatMap((top) => good.map((each) => ({ ...each, name: top + each.name }))),
      /^a, b: the deliverables are in several folders; hand in one of these folders only$/,
    ],
    [
      'names of which some begin with ../',
      [entry('../hw/src/x.ts'), ...good],
      /the archive is refused: invalid relative path: \.\.\/…$/,
    ],
    [
      'names that begin with different numbers of ../',
      [entry('../hw/src/x.ts'), entry('../../hw/src/y.ts')],
      /invalid relative path: \.\.\/\.\.\/hw\/src\/y\.ts$/,
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
  const { files, unusable } = await take('ada.zip', zipOf([...good.slice(1), lying]));
  expect([...files.keys()]).not.toContain(REQUIRED[0]);
  expect(unusable.get(REQUIRED[0])).toMatch(/broken in the archive \(too many bytes/);
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

test('of a large zip archive the directory and the deliverables are read; a large folder of another kind is refused', async () => {
  const noise = randomBytes(11_000_000);
  const packages = { name: 'node_modules/typescript/lib.js', bytes: noise };
  expect((await take('ada.zip', zipOf([packages, ...good]))).files.size).toBe(3);
  await expect(take('ada.zip', zipOf([{ name: 'data/train.bin', bytes: noise }, ...good]))).rejects.toThrow(
    /^\/.*ada\.zip: 1100\d+ bytes; at most 10485760 are read; hand in the deliverables only$/,
  );
  await expect(take('ada.tgz', gzipSync(tarOf([packages, ...good]), { level: 0 }))).rejects.toThrow(
    /bytes; at most 10485760 are read; hand in the deliverables only$/,
  );
});

test('60,000 files of a tool in a zip archive cost nothing', async () => {
  const tools = Array.from({ length: 60_000 }, (_, i) => ({ name: `node_modules/${i}.js` }));
  expect((await take('ada.zip', zipOf([...tools, ...good]))).files.size).toBe(3);
});

test('an optional deliverable with the other suffix of YAML is read', async () => {
  const other = assignmentOf('modular-nets');
  const required = ['src/FullyConnected.ts', 'src/ConvMethod2.ts'].map((path) => entry(path));
  const { files, assumed } = await take('ada.zip', zipOf([...required, entry('answers.yml', 'a: 1')]), other);
  expect(files.get('answers.yaml')).toBe('a: 1');
  expect(assumed).toEqual(['answers.yml was taken for answers.yaml']);
});

describe('an archive and files beside it', () => {
  const beside = (files: Record<string, string | Uint8Array>) =>
    inFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [`in/${path}`, text])), (folder) =>
      readSubmission(join(folder, 'in'), assignment),
    );

  test('are one hand-in', async () => {
    const { files, ignored } = await beside({ 'hw.zip': zipOf(good), 'motivation.md': 'because', 'a.pdf': '' });
    expect([...files.keys()]).toEqual(['motivation.md', ...REQUIRED].sort());
    expect(ignored).toEqual(['a.pdf']);
  });

  test('the file beside it is taken if both have one', async () => {
    const { files, assumed } = await beside({ 'hw.zip': zipOf(good), 'classify.ts': 'newer' });
    expect(files.get('src/classify.ts')).toBe('newer');
    expect(assumed).toContain('src/classify.ts is in hw.zip too; the file beside it was taken');
  });

  test('two archives complete each other, and what is in both is not guessed', async () => {
    const newer = good.slice(1).map((each) => ({ ...each, bytes: Buffer.from('newer') }));
    const { files, unusable } = await beside({ 'a.zip': zipOf(good.slice(0, 2)), 'b.zip': zipOf(newer) });
    expect([...files.keys()]).toEqual([REQUIRED[0], REQUIRED[2]].sort());
    expect(unusable.get(REQUIRED[1])).toBe(`${REQUIRED[1]}: in a.zip and in b.zip; hand in one of these archives`);
  });

  test('no archive is opened if the files are complete, and a broken one costs nothing', async () => {
    const whole = Object.fromEntries(REQUIRED.map((path) => [path, path]));
    expect((await beside({ ...whole, 'old.zip': zipOf(good) })).ignored).toEqual(['old.zip']);
    const { [REQUIRED[0]]: _, ...rest } = whole;
    const { ignored, unusable } = await beside({ ...rest, 'old.zip': 'broken' });
    expect(ignored).toEqual([expect.stringMatching(/^old\.zip: not a readable zip archive/)]);
    expect([...unusable.keys()]).toEqual([REQUIRED[0]]);
  });

  test('many archives are refused with what to do', async () => {
    const many = Object.fromEntries([1, 2, 3, 4].map((n) => [`${n}.zip`, zipOf(good)]));
    await expect(beside(many)).rejects.toThrow(/in: holds 4 archives; hand in one of them$/);
  });
});

test('links that the user named are followed, and a hard link of the archive is read', () =>
  inFolder(Object.fromEntries(REQUIRED.map((path) => [`in/${path}`, path])), async (folder) => {
    writeFileSync(join(folder, 'ada.zip'), zipOf(good));
    symlinkSync('in', join(folder, 'linked'));
    symlinkSync('ada.zip', join(folder, 'linked.zip'));
    linkSync(join(folder, 'ada.zip'), join(folder, 'hard.zip'));
    for (const name of ['linked', 'linked.zip', 'hard.zip'])
      expect((await readSubmission(join(folder, name), assignment)).files.size).toBe(3);
    linkSync(join(folder, 'in', REQUIRED[0]), join(folder, 'second'));
    await expect(readSubmission(join(folder, 'in'), assignment)).rejects.toThrow(
      `${REQUIRED[0]}: is a hard link; hand in a file of its own`,
    );
  }));
