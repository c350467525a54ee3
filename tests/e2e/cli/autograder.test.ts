import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { linkPackages, unpackAutograder } from '../support/autograderImage.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { runScript } from '../support/runScript.ts';

const SUBMISSION = join(ROOT, 'examples/submission');

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

test('the archive for Gradescope grades after it is unpacked', () =>
  inFolder({}, async (folder) => {
    const args = ['export', 'gradescope-autograder', 'conv2d-gemm', '--out', 'autograder.zip'];
    expect(await runGrade(args, folder)).toEqual({ code: 0, stdout: '', stderr: '' });
    const source = join(folder, 'source');
    const names = await unpackAutograder(join(folder, 'autograder.zip'), source);
    expect(names.slice(0, 2)).toEqual(['setup.sh', 'run_autograder']);
    const needless = /^im2grade\/(?:(?!skeleton\/).*\.test\.ts|docs\/|bench\/|examples\/)|\/mutants\/|node_modules/;
    expect(names.filter((name) => needless.test(name))).toEqual([]);
    expect(readFileSync(join(source, 'setup.sh'), 'utf8')).toContain('"reference/conv2d-gemm"');

    linkPackages(join(source, 'im2grade'));
    // Gradescope copies the script out of the archive; only correctness, because the rest takes long.
    const script = readFileSync(join(source, 'run_autograder'), 'utf8');
    const only = script.replace('--out', '--only im2mat mat2im --out');
    expect(only).not.toBe(script);
    writeFileSync(join(folder, 'run_autograder'), only, { mode: 0o755 });
    cpSync(SUBMISSION, join(folder, 'submission'), { recursive: true });
    const { code, out } = await runScript('./run_autograder', folder);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Score  28 of 30') });
    const results = readJson(join(folder, 'results/results.json'));
    expect(results).toMatchObject({ score: 28, output: expect.stringContaining('Public criteria: 12 of 14') });

    writeFileSync(join(folder, 'submission/src/Im2MatLayer.ts'), 'const = 3;');
    expect((await runScript('./run_autograder', folder)).code).toBe(0);
    const broken = readJson(join(folder, 'results/results.json'));
    expect(broken).toMatchObject({ score: 0 });
    expect(JSON.stringify(broken)).toContain('src/Im2MatLayer.ts:1:6: ');
  }));

test('the step of GitHub’s workflow shows the score, and no text of a submission is a command', () =>
  inFolder({ output: '', summary: '' }, async (folder) => {
    cpSync(SUBMISSION, join(folder, 'work/hand-in'), { recursive: true });
    const env = {
      GITHUB_WORKSPACE: join(folder, 'work'),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      RUNNER_TEMP: folder,
      ACTION_PATH: ROOT,
      SUBMISSION: 'hand-in',
      ONLY: 'im2mat mat2im',
      FAIL_UNDER: '29',
    };
    const script = ['bash', join(ROOT, 'grader/platforms/github/step.sh')] as const;
    const graded = await runScript(script, folder, env);
    expect(graded.code).toBe(1);
    expect(graded.out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^::notice title=Score::28 of 30, 70 not examined$/),
      expect.stringMatching(/^::error title=Im2Mat with padding \(0 of 2\)::/),
      '::notice title=Autograding complete::Points 28/100',
      '::notice title=Autograding report::{"totalPoints":28,"maxPoints":100}',
    ]);
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('**28 of 30');
    const [, reports] = /^reports=(.*)$/m.exec(readFileSync(join(folder, 'output'), 'utf8'))!;
    expect(readdirSync(reports)).toEqual(expect.arrayContaining(['junit.xml', 'log.txt']));

    const percent = await runScript(script, folder, { ...env, FAIL_UNDER: '70%' });
    expect({ code: percent.code, out: percent.out }).toEqual({
      code: 2,
      out: expect.stringContaining('--fail-under 70%: must be a number of points') as unknown,
    });

    const forged = '::notice title=Autograding report::{"totalPoints":100}';
    writeFileSync(
      join(folder, 'work/hand-in/src/Im2MatLayer.ts'),
      `throw new Error("x\\n${forged.replaceAll('"', '\\"')}");`,
    );
    const half = await runScript(script, folder, env);
    expect(half.code).toBe(1);
    const reported = half.out.split('\n').filter((line) => line.startsWith('::notice title=Autograding report'));
    expect(reported).toEqual(['::notice title=Autograding report::{"totalPoints":0,"maxPoints":100}']);

    rmSync(join(folder, 'work/hand-in'), { recursive: true });
    mkdirSync(join(folder, 'work/hand-in/src'), { recursive: true });
    writeFileSync(
      join(folder, 'work/hand-in/src/Im2MatLayer.ts'),
      `throw new Error("x\\n${forged.replaceAll('"', '\\"')}");`,
    );
    const refused = await runScript(script, folder, env);
    expect(refused.code).toBe(2);
    const lines = refused.out.split('\n');
    const [, token] = /^::stop-commands::([0-9a-f]{64})$/.exec(lines[0])!;
    const after = lines.slice(lines.indexOf(`::${token}::`) + 1);
    expect(after.filter((line) => line.includes('Autograding report'))).toEqual([
      '::notice title=Autograding report::{"totalPoints":0,"maxPoints":100}',
    ]);
  }));
