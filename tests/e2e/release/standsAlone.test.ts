import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toJson } from '../../../grader/report/json/writeJson.ts';
import { readMutants } from '../../../grader/honesty/keptMutants.ts';
import { assignmentOf, gradeFiles } from '../support/gradeFiles.ts';
import { mutatedFiles } from '../../../grader/honesty/mutatedFiles.ts';
import { runGrade } from '../support/runGrade.ts';
import { npm, npx } from './npm.ts';

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|E[45]\d\d/;
// Outside the repository, so that nothing of it can be found from there.
const folder = mkdtempSync(join(tmpdir(), 'im2grade-handout-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noErrors = expect.not.stringContaining('error TS') as unknown;

/**
 * The number of public tests, the functions that they wait for, what a program says about a solution, and a mistake that
 * costs a public criterion.
 */
const HANDOUTS = [
  {
    id: 'conv2d-gemm',
    tests: 12,
    missing: ['Im2Mat', 'Mat2Im', 'Conv2DLayer.forward', 'Conv2DLayer.backward'],
    command: ['test-grad', '--', 'conv'],
    works: 'Test PASSED!',
    mistake: { mutant: 'im2mat-padding-ignored', loses: 'im2mat.padding', passes: 9 },
  },
  {
    id: 'simple-conv-net',
    tests: 19,
    missing: ['conv2d', 'pool2d', 'relu', 'reshape', 'fcLayer']
      .flatMap((name) => [`${name}Scalar`, `${name}Vector`])
      .concat('im2col', 'convWeight2rows'),
    command: ['compare', '--', '--batch', '2'],
    works: 'The two forms agree.',
    mistake: { mutant: 'pool2d-scalar-averages', loses: 'pool2d-scalar.definition', passes: 17 },
  },
  {
    id: 'modular-nets',
    tests: 13,
    missing: ['FullyConnected', 'ConvMethod2'].flatMap((name) => [`${name}.ComputeUp`, `${name}.ComputeDown`]),
    command: ['grad-check', '--', 'models/convnet_gradcheck.yaml', '--samples', '50'],
    works: 'PASSED',
    mistake: { mutant: 'fully-connected-up-bias-missing', loses: 'fully-connected-up.definition', passes: 12 },
  },
];

/** Of a first `npm test`: a screen has more. */
const MOST_LINES = 20;
/** A tenth of it on an idle machine. */
const MOST_MS = 300_000;

describe.each(HANDOUTS)('the handout of $id', ({ id, tests, missing, command, works, mistake }) => {
  const assignment = assignmentOf(id);
  const handout = join(folder, id);
  const put = (from: string): void => cpSync(from, handout, { recursive: true });

  let isInstalled = false;
  beforeAll(async () => {
    await runGrade(['release', id, '--out', handout], folder);
    const { code, output } = await npm(['install', '--prefer-offline', '--no-audit', '--no-fund'], handout);
    isInstalled = code === 0;
    if (isInstalled) return;
    if (!NO_NETWORK.test(output)) throw new Error(`npm install: ${output}`);
    console.warn('skipped: the registry of npm cannot be reached, so the handout cannot be installed');
  }, MOST_MS);

  test(
    'as it is handed out, npm test prints a line for each function that is not written yet',
    async () => {
      if (!isInstalled) return;
      const { code, output } = await npm(['test'], handout);
      expect(code).toBe(1);
      const lines = output.split('\n').filter((line) => line !== '');
      expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
      const named = lines.filter((line) =>
        /^ {2}\S+ +src\/\w+\.ts:\d+ +\d+ tests? +(question|task|part) \d/.test(line),
      );
      expect(named.map((line) => line.trim().split(' ')[0]).sort()).toEqual([...missing].sort());
      expect(lines).toContain(`Tests: ${tests} failed, ${tests} total`);
      expect(output).toContain('npm run hand-in');

      const handIn = await npm(['run', 'hand-in', '--', 'stubs.zip'], handout);
      expect(handIn.output.match(/^warning: .* not written yet, which counts as not attempted$/gm)).not.toBeNull();
      expect(handIn).toMatchObject({ code: 0, output: expect.stringContaining('Wrote stubs.zip') as unknown });
    },
    MOST_MS,
  );

  test(
    'as it is handed out, the compiler reports no error, and neither does an editor',
    async () => {
      if (!isInstalled) return;
      expect(await npx(['tsc', '--noEmit'], handout)).toMatchObject({ code: 0, output: noErrors });
    },
    MOST_MS,
  );

  test(
    'with the reference every public test passes, and that is only the public part',
    async () => {
      if (!isInstalled) return;
      put(assignment.folders.reference);
      const score = await npm(['run', 'grade'], handout);
      expect(score.output).toContain(`public ${tests}/${tests}\n\nThis is only the public part`);
      expect(score.code).toBe(0);
      expect(await npx(['tsc', '--noEmit'], handout)).toMatchObject({ code: 0, output: noErrors });
      expect((await npm(['run', ...command], handout)).output).toContain(works);
    },
    MOST_MS,
  );

  test(
    'the archive of npm run hand-in is graded by the teacher’s command',
    async () => {
      if (!isInstalled) return;
      put(assignment.folders.reference);
      const { code, output } = await npm(['run', 'hand-in'], handout);
      expect(output).toMatch(/\nWrote hand-in\.zip \(\d+ bytes\):\n/);
      expect(output).not.toMatch(/^error: |not written yet/m);
      expect(code).toBe(0);
      const args = [join(handout, 'hand-in.zip'), '--assignment', id, '--only', mistake.loses, '--out', id];
      const graded = await runGrade(args, folder);
      expect(graded.stdout).toContain(mistake.loses.split('.')[0]);
      expect(graded).toMatchObject({ code: 0, stderr: expect.not.stringContaining('ignored') as unknown });
    },
    MOST_MS,
  );

  test(
    'a counterexample of a report is replayed on the student’s own functions: wrong as handed in, right once corrected',
    async () => {
      if (!isInstalled) return;
      const mutant = readMutants(assignment.folders.tests).find(({ name }) => name === mistake.mutant)!;
      const files = mutatedFiles(assignment, mutant);
      const report = await gradeFiles(assignment, 'submission', files, [mistake.loses], 5);
      writeFileSync(join(handout, 'report.json'), toJson(report));

      for (const [path, text] of files) writeFileSync(join(handout, path), text);
      const wrong = await npx(['grade', 'replay', 'report.json'], handout);
      expect(wrong.output).toContain(`✗ ${mistake.loses}`);
      // The report also says where a wrong copy comes from.
      expect(wrong.output).toContain(report.outcomes[0].reason.split(', which is ')[0]);
      expect(wrong.code).toBe(1);
      expect((await npm(['run', 'grade'], handout)).output).toContain(`public ${mistake.passes}/${tests}`);

      put(assignment.folders.reference);
      const right = await npx(['grade', 'replay', 'report.json', mistake.loses], handout);
      expect(right.output).toContain(`✓ ${mistake.loses}`);
      expect(right.code).toBe(0);
    },
    MOST_MS,
  );

  if (id !== 'conv2d-gemm') return;

  test.each([
    [['replay'], 'grade: say which report: npx grade replay REPORT.json\n'],
    [['replay', 'nowhere.json'], 'grade: nowhere.json cannot be read: ENOENT\n'],
    [['replay', 'package.json'], /^grade: package\.json is not a score report of im2grade: [^\n]*\n$/],
  ])('grade %j is refused in one line', async (args, message) => {
    if (!isInstalled) return;
    const { code, output } = await npx(['grade', ...args], handout);
    expect(code).toBe(2);
    expect(output.replace(/^npm warn .*\n/gm, '')).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });
});
