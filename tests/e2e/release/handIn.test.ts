import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { handoutFiles } from '../../../grader/release/handoutFiles.ts';
import { readAssignment } from '../../../skeleton/handout/src/assignment.ts';
import { checkHandIn } from '../../../skeleton/handout/src/handIn/checkHandIn.ts';
import type { GivenFiles } from '../../../skeleton/handout/src/handIn/givenFiles.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { runGrade } from '../support/runGrade.ts';
import { studentFolder } from '../support/studentFolder.ts';

const assignment = assignmentOf('conv2d-gemm');
const given = JSON.parse(handoutFiles(ROOT, assignment).get('vendor/handout/given.json')!.toString()) as GivenFiles;

const { folder: folders, run } = studentFolder('conv2d-gemm');
const pristine = new Map(
  assignment.deliverables.map(({ path }) => [path, readFileSync(join(folders, 'solved', path))] as const),
);
const folder = join(folders, 'solved');

const FILE = 'src/Im2MatLayer.ts';
const text = pristine.get(FILE)!.toString();
const write = (content: string | Uint8Array, path = FILE) => writeFileSync(join(folder, path), content);

/** Runs `work` after a change, and puts the deliverables back. */
async function changed<T>(change: () => void, work: () => Promise<T>): Promise<T> {
  change();
  try {
    return await work();
  } finally {
    for (const name of readdirSync(join(folder, 'src')))
      if (!Object.hasOwn(given, `src/${name}`)) rmSync(join(folder, 'src', name), { recursive: true });
    for (const [path, content] of pristine) write(content, path);
  }
}

const problems = async () => (await checkHandIn(readAssignment(folder), folder, given)).problems;

/** Hand-ins that the grader refuses. */
const refused: readonly [what: string, change: () => void, message: string | RegExp][] = [
  [
    'a missing deliverable',
    () => rmSync(join(folder, FILE)),
    `${FILE} is missing; take the file of the handout if you have not started it`,
  ],
  [
    'a misspelled name',
    () => renameSync(join(folder, FILE), join(folder, 'src/im2matlayer.ts')),
    `${FILE} is missing; found src/im2matlayer.ts: rename it`,
  ],
  [
    'too large a file',
    () => write(`${text}//${' '.repeat(262144)}`),
    `${FILE}: ${Buffer.byteLength(text) + 262146} bytes; at most 262144 are read`,
  ],
  [
    'a folder in place of a file',
    () => {
      rmSync(join(folder, FILE));
      mkdirSync(join(folder, FILE));
    },
    `${FILE}: is not a file`,
  ],
  [
    'a file in another encoding',
    () => write(Buffer.from([0xff, 0xfe])),
    `${FILE}: not a UTF-8 text file; save it as UTF-8`,
  ],
  [
    'a syntax error',
    () => write(text.replace('export class', 'export clas')),
    /^src\/Im2MatLayer\.ts:\d+:\d+: Unexpected "clas"$/,
  ],
  [
    'a missing export',
    () => write(text.replace('export class', 'class')),
    `${FILE} does not export Im2MatLayer; keep the name and the "export" of the handout`,
  ],
  [
    'an import of a module of Node',
    () => write(`import 'node:fs';\n${text}`),
    /^src\/Im2MatLayer\.ts:1:7: import of "node:fs" is not allowed; a deliverable may import @im2grade\/nn and/,
  ],
  [
    'an import of a given file that imports more than a deliverable may',
    () => write(`import { createNetwork } from './network.ts';\nexport const make = createNetwork;\n${text}`),
    /^src\/Im2MatLayer\.ts: import of "\.\/network\.ts" is not allowed, because that file imports "@im2grade\/nn\/networks"/,
  ],
  [
    'an import of the entry',
    () => write(`import { entry } from './entry.ts';\nexport const given = () => entry;\n${text}`),
    `${FILE}: import of "./entry.ts" is not allowed; the grader calls its functions, and these call yours`,
  ],
  [
    'an import of a type',
    () => write(`import type { Stats } from 'node:fs';\n${text}`),
    /^src\/Im2MatLayer\.ts:1:27: import of "node:fs" is not allowed/,
  ],
  [
    'a type that imports in its expression',
    () => write(`export type Status = import('node:fs').Stats;\n${text}`),
    /^src\/Im2MatLayer\.ts:1:28: import of "node:fs" is not allowed/,
  ],
  [
    'an import of a computed name',
    () => write(`${text}\nexport const load = (name: string) => import(\`./${'$'}{name}.ts\`);`),
    /^src\/Im2MatLayer\.ts:\d+:\d+: import of a computed name \("\.\/….ts"\) is not allowed/,
  ],
  [
    'a global of Node that is used at load',
    () => write(`export const mode = process.env['MODE'];\n${text}`),
    `${FILE} cannot be loaded when graded: ReferenceError: process is not available when graded`,
  ],
  [
    'an endless loop at load',
    () => write(`${text}\nfor (;;);`),
    /^the deliverables cannot be loaded when graded: Error: Script execution timed out/,
  ],
  [
    'a link in place of a file',
    () => {
      rmSync(join(folder, FILE));
      symlinkSync('Im2MatLayer.ts', join(folder, FILE));
    },
    `${FILE}: is a link; replace it by the file itself`,
  ],
  [
    'a file that is not handed in',
    () => {
      write('export const one = 1;', 'src/helper.ts');
      write(`import { one } from './helper.ts';\nexport const two = one + 1;\n${text}`);
    },
    /^src\/Im2MatLayer\.ts:1:20: import of "\.\/helper\.ts" is not allowed/,
  ],
];

test.each(refused)(
  '%s is an error, and the grader refuses it, leaves the file out or says what it assumed',
  (_, change, message) =>
    changed(change, async () => {
      const found = await problems();
      expect(found).toEqual([
        { isFatal: true, message: typeof message === 'string' ? message : expect.stringMatching(message) },
      ]);
      const args = [folder, '--assignment', 'conv2d-gemm', '--only', 'im2mat.definition', '--json'];
      const { code, stdout } = await runGrade(args, folders);
      if (code === 2) return;
      const { unusable, assumed } = ScoreReport.parse(JSON.parse(stdout)).submission;
      expect([...unusable, ...assumed]).not.toEqual([]);
    }),
);

test('an import in a comment or a string is none', () =>
  changed(
    () => write(`// import('node:fs')\nexport const hint = "import type { Stats } from 'node:fs'";\n${text}`),
    async () => expect(await problems()).toEqual([]),
  ));

test('an import of a given file is no problem', () =>
  changed(
    () => write(`import { DIGIT } from './baseline.ts';\nexport const pixels = DIGIT.InY * DIGIT.InX;\n${text}`),
    async () => expect(await problems()).toEqual([]),
  ));

test('a function that uses a missing global is a warning', () =>
  changed(
    () =>
      write(`${text}\nexport const now = () => performance.now();\nexport const log = (process: unknown) => process;`),
    async () => {
      expect(await problems()).toEqual([
        { isFatal: false, message: `${FILE}: performance is not available when graded` },
      ]);
    },
  ));

test('what costs points is a warning: stubs, a missing optional file, a given file that was changed', () =>
  changed(
    () => {
      write(readFileSync(join(folders, 'stubs', FILE)));
      rmSync(join(folder, 'motivation.md'));
    },
    async () => {
      const entry = readFileSync(join(folder, 'src/entry.ts'));
      write(`${entry.toString()}\n`, 'src/entry.ts');
      expect(await problems()).toEqual(
        [
          'motivation.md is missing; without it there are no points for question3.motivation',
          `${FILE}: Im2Mat and Mat2Im are not written yet, which counts as not attempted`,
          'src/entry.ts is not as it was given; the grader uses its own copy',
        ].map((message) => ({ isFatal: false, message })),
      );
      write(entry, 'src/entry.ts');
    },
  ));

test('the same files give the same archive of exactly the deliverables', async () => {
  const [first, second] = [
    await checkHandIn(readAssignment(folder), folder),
    await checkHandIn(readAssignment(folder), folder),
  ];
  expect([...first.files.keys()]).toEqual([...pristine.keys()]);
  expect(Buffer.compare(first.archive, second.archive)).toBe(0);
});

const command = [join(ROOT, 'skeleton/handout/bin/handout.cjs'), 'hand-in'];

test('a promise that is rejected while a deliverable is loaded does not end the command', () =>
  changed(
    () => write(`void import(\`./\${'network'}.ts\`);\n${text}`),
    async () => {
      const { code, output } = await run('solved', [...command, 'rejected.zip']);
      expect(output).not.toMatch(/ERR_|at .*:\d+:\d+/);
      expect(code).toBe(0);
      rmSync(join(folder, 'rejected.zip'));
    },
  ));

test('the command writes the archive whole or not at all', async () => {
  const { code, output } = await run('solved', [...command, 'ada.zip']);
  expect(output).toMatch(/^Wrote ada\.zip \(\d+ bytes\):\n {2}src\/Im2MatLayer\.ts \(\d+ bytes\)\n/);
  expect(code).toBe(0);
  const archive = readFileSync(join(folder, 'ada.zip'));
  await changed(
    () => write('class {'),
    async () => {
      const { code, output } = await run('solved', [...command, 'ada.zip']);
      expect(output).toMatch(/^error: src\/Im2MatLayer\.ts:1:6: [^\n]*\n\nada\.zip is not written, [^\n]*\n$/);
      expect(code).toBe(2);
    },
  );
  expect(readFileSync(join(folder, 'ada.zip')).equals(archive)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test.each([
  [['ada.tar'], 'grade: name one archive that ends in .zip: npm run hand-in -- FILE.zip\n'],
  [['a.zip', 'b.zip'], 'grade: name one archive that ends in .zip: npm run hand-in -- FILE.zip\n'],
  [['nowhere/a.zip'], 'grade: nowhere/a.zip cannot be written: ENOENT\n'],
])('hand-in %j is refused in one line', async (args, message) => {
  expect(await run('solved', [...command, ...args])).toEqual({ code: 2, output: message });
});
