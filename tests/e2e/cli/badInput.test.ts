import { createWriteStream, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, test } from '@jest/globals';
import yazl from 'yazl';
import { ScoreReport } from '../../../grader/model/report.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

const assignment = assignmentOf('conv2d-gemm');
const good = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
const IM2MAT = 'src/Im2MatLayer.ts';
const within = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`hand-in/${path}`, text]));
const without = (path: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== path));
/** The reference with a line at the beginning of Im2MatLayer.ts. */
const withFirstLine = (line: string) => ({ ...good, [IM2MAT]: `${line}\n${good[IM2MAT]}` });

const ASSIGNMENT = ['--assignment', 'conv2d-gemm'];

/** One clear line, exit code 2, no stack, nothing written. */
function expectRefused({ code, stdout, stderr }: Run, message: RegExp, folder: string): void {
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(readdirSync(folder)).not.toContain('reports');
}

const refusedFolders: readonly [string, Record<string, string>, RegExp][] = [
  [
    'no deliverable',
    { 'hand-in/notes.txt': 'hello' },
    /none of the deliverables was found; conv2d-gemm expects src\/Im2MatLayer\.ts/,
  ],
];

test.concurrent.each(refusedFolders)('%s is refused in one line', (_, files, message) =>
  inFolder(files, async (folder) =>
    expectRefused(await runGrade(['hand-in', '--only', 'im2mat', ...ASSIGNMENT], folder), message, folder),
  ),
);

/** One file of three: what needs it is lost with the reason, and the rest is graded. */
const unusableFiles: readonly [string, Record<string, string>, RegExp][] = [
  [
    'one deliverable missing',
    within(without('src/Conv2DLayer.ts')),
    /src\/Conv2DLayer\.ts: missing; hand in the unchanged file/,
  ],
  ['a file that does not compile', within(withFirstLine('const = 3;')), /src\/Im2MatLayer\.ts:1:6: /],
  [
    'a class that is not exported',
    within({ ...good, [IM2MAT]: good[IM2MAT].replace('export class', 'class') }),
    /src\/Im2MatLayer\.ts: does not export Im2MatLayer/,
  ],
  [
    'a class that is exported under another name',
    within({ ...good, [IM2MAT]: good[IM2MAT].replace('export class Im2MatLayer', 'export class Layer') }),
    /src\/Im2MatLayer\.ts: does not export Im2MatLayer/,
  ],
  [
    'an import of Node',
    within(withFirstLine("import 'node:fs';")),
    /src\/Im2MatLayer\.ts:1:\d+: import of "node:fs" is not allowed/,
  ],
  [
    'an import from elsewhere on the disk',
    within(withFirstLine(`import ${JSON.stringify(join(process.cwd(), 'jest.config.ts'))};`)),
    /import of ".*jest\.config\.ts" is not allowed/,
  ],
  [
    'an import of the reference',
    within(withFirstLine(`import ${JSON.stringify(join(assignment.folders.reference, 'src/classify.ts'))};`)),
    /is not allowed/,
  ],
  [
    'an endless loop at import',
    within(withFirstLine('for (;;);')),
    /did not finish within 4 s; is there an endless loop outside the functions\?/,
  ],
  ['an exception at import', within(withFirstLine("throw new Error('boom');")), /cannot be loaded: Error: boom/],
  [
    'text that is not UTF-8',
    within({ ...good, [IM2MAT]: `${good[IM2MAT]}\0` }),
    /Im2MatLayer\.ts:\d+: holds a zero byte/,
  ],
  [
    'a file that is too large',
    within({ ...good, [IM2MAT]: `// ${'x'.repeat(300_000)}` }),
    /Im2MatLayer\.ts: \d+ bytes; at most 262144 are read/,
  ],
];

test.concurrent.each(unusableFiles)('%s costs what needs it, with the reason', (_, files, message) =>
  inFolder(files, async (folder) => {
    const only = ['--only', 'im2mat.identity', 'conv2d.linearity', '--json'];
    const { code, stdout, stderr } = await runGrade(['hand-in', ...only, ...ASSIGNMENT], folder);
    expect({ code, stderr: stderr.includes('grade: ') }).toEqual({ code: 0, stderr: false });
    const { outcomes, submission } = ScoreReport.parse(JSON.parse(stdout));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['not-attempted', 'passed']);
    const { reason } = outcomes.find(({ status }) => status === 'not-attempted')!;
    expect(reason).toMatch(message);
    expect(reason).not.toContain('\n');
    expect(submission.unusable.map((each) => each.reason)).toEqual([reason]);
  }),
);

test.concurrent('if nothing can be used, it is refused, and a report of an earlier attempt is put away', () =>
  inFolder(within({ [IM2MAT]: 'const = 3;' }), async (folder) => {
    const earlier = join(folder, 'reports/hand-in');
    mkdirSync(earlier, { recursive: true });
    writeFileSync(join(earlier, 'report.json'), '{}');
    const { code, stdout, stderr } = await runGrade(['hand-in', ...ASSIGNMENT], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^grade: src\/Im2MatLayer\.ts:1:6: Expected identifier/);
    expect(readdirSync(earlier).sort()).toEqual(['report.earlier.json', 'report.html']);
    expect(readFileSync(join(earlier, 'report.html'), 'utf8')).toContain('src/Im2MatLayer.ts:1:6: ');
  }),
);

test.concurrent('a folder that is not there', () =>
  inFolder({}, async (folder) =>
    expectRefused(await runGrade(['nowhere'], folder), /^grade: nowhere: no such folder or archive$/m, folder),
  ),
);

test.concurrent('files without any deliverable, without --assignment', () =>
  inFolder(within({ 'notes.txt': '' }), async (folder) =>
    expectRefused(
      await runGrade(['hand-in'], folder),
      /^grade: hand-in holds no deliverable of any assignment; choose one with --assignment: .*\bconv2d-gemm\b/,
      folder,
    ),
  ),
);

test.concurrent('an unknown criterion', () =>
  inFolder(within(good), async (folder) =>
    expectRefused(
      await runGrade(['hand-in', '--only', 'im2mat.colour'], folder),
      /unknown criterion "im2mat\.colour"; conv2d-gemm has im2mat\.definition/,
      folder,
    ),
  ),
);

test.concurrent('an unknown assignment', () =>
  inFolder(within(good), async (folder) =>
    expectRefused(
      await runGrade(['hand-in', '--assignment', 'conv3d'], folder),
      /unknown assignment "conv3d"; available: (?:[\w-]+, )*conv2d-gemm/,
      folder,
    ),
  ),
);

test.concurrent('an unknown option', () =>
  inFolder(within(good), async (folder) =>
    expectRefused(await runGrade(['hand-in', '--fast'], folder), /Unknown argument: fast; see --help/, folder),
  ),
);

test.concurrent('a symbolic link', () =>
  inFolder(within(without(IM2MAT)), async (folder) => {
    symlinkSync('/etc/passwd', join(folder, 'hand-in', IM2MAT));
    expectRefused(await runGrade(['hand-in'], folder), /src\/Im2MatLayer\.ts: is a symbolic link/, folder);
  }),
);

test.concurrent('a linked folder', () =>
  inFolder(
    {
      ...Object.fromEntries(Object.entries(good).map(([path, text]) => [`elsewhere/${path}`, text])),
      'hand-in/notes.txt': '',
    },
    async (folder) => {
      symlinkSync(join(folder, 'elsewhere/src'), join(folder, 'hand-in/src'));
      expectRefused(await runGrade(['hand-in', ...ASSIGNMENT], folder), /src: is a symbolic link/, folder);
    },
  ),
);

test.concurrent('a hard link', () =>
  inFolder(within(without(IM2MAT)), async (folder) => {
    writeFileSync(join(folder, 'secret.ts'), 'secret');
    linkSync(join(folder, 'secret.ts'), join(folder, 'hand-in', IM2MAT));
    expectRefused(await runGrade(['hand-in'], folder), /is a hard link/, folder);
  }),
);

/** Writes an archive entry by entry; yazl refuses malicious names, so they are overwritten afterwards. */
async function writeZip(
  path: string,
  entries: Readonly<Record<string, string>>,
  options: { mode?: number; rename?: [string, string] } = {},
): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(entries))
    zip.addBuffer(Buffer.from(text), name, { mode: options.mode ?? 0o100644, compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  if (!options.rename) return;
  const [from, to] = options.rename;
  writeFileSync(path, Buffer.from(readFileSync(path).toString('latin1').split(from).join(to), 'latin1'));
}

test.concurrent('a zip archive with one top folder is graded', () =>
  inFolder({}, async (folder) => {
    await writeZip(join(folder, 'ada.zip'), { ...within(good), '__MACOSX/hand-in/._x': 'clutter' });
    expect((await runGrade(['ada.zip', '--only', 'im2mat.identity'], folder)).stdout).toContain('Score  1 of 1');
  }),
);

test.concurrent('a zip archive that climbs out of its folder', () =>
  inFolder({}, async (folder) => {
    await writeZip(join(folder, 'evil.zip'), { ...good, 'aa/evil.ts': 'x' }, { rename: ['aa/evil.ts', '../evil.ts'] });
    expectRefused(
      await runGrade(['evil.zip'], folder),
      /the archive is refused: invalid relative path: \.\.\/evil\.ts/,
      folder,
    );
  }),
);

test.concurrent('a zip archive with a symbolic link', () =>
  inFolder({}, async (folder) => {
    await writeZip(join(folder, 'link.zip'), good, { mode: 0o120777 });
    expectRefused(await runGrade(['link.zip'], folder), /is a symbolic link/, folder);
  }),
);

test.concurrent('a file that is not a zip archive', () =>
  inFolder({ 'broken.zip': 'not a zip' }, async (folder) =>
    expectRefused(await runGrade(['broken.zip'], folder), /broken\.zip: not a readable zip archive/, folder),
  ),
);

/** Misbehaviour in a call, as opposed to import, costs only the criteria that make the call. */
const misbehaviours: readonly [string, string, RegExp][] = [
  ['an endless loop', 'for (;;);', /did not finish within 2.5 s/],
  ['an array of 200 MB', 'return new Float64Array(25e6) as unknown as void;', /Float64Array of length 25000000/],
  [
    'unbounded memory',
    'const all: object[] = []; for (;;) all.push(new Array(1000).fill(all));',
    /MiB of memory were used|did not finish|process ended/,
  ],
  [
    'unbounded recursion',
    'return this.Im2Mat(INP, OUT, batchSize, team);',
    /RangeError: Maximum call stack size exceeded/,
  ],
];

test.concurrent.each(misbehaviours)('%s at a call is a failed criterion, not a failed grading', (_, body, message) => {
  const broken = good[IM2MAT].replace(/(Im2Mat\(INP[^{]*\{)/, `$1\n    ${body}`);
  return inFolder(within({ ...good, [IM2MAT]: broken }), async (folder) => {
    const { code, stdout } = await runGrade(
      ['hand-in', '--only', 'im2mat.definition', 'mat2im.definition', '--json'],
      folder,
    );
    const { outcomes } = JSON.parse(stdout) as { outcomes: { status: string; reason: string }[] };
    expect(code).toBe(0);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'passed']);
    expect(outcomes[0].reason).toMatch(message);
  });
});
