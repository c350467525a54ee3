import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { HonestyReport } from '../../../grader/model/honestyReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { publishedFiles } from '../../../grader/release/publish/publishedFiles.ts';
import { writeFolder } from '../../../grader/release/writeHandout.ts';
import { linkPackages, unpackAutograder } from '../support/autograderImage.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder } from '../support/runGrade.ts';
import { runScript } from '../support/runScript.ts';

/** What `npm install` leaves in a project that needs the published package and nothing else. */
function install(project: string): string {
  const modules = join(project, 'node_modules');
  writeFolder(publishedFiles(ROOT), join(modules, 'im2grade'));
  // Those of the grader first, whose versions are published.
  for (const from of ['grader/node_modules', 'node_modules'])
    for (const name of packagesIn(join(ROOT, from))) {
      if (name.startsWith('@im2grade/') || existsSync(join(modules, name))) continue;
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(ROOT, from, name), join(modules, name));
    }
  return join(modules, 'im2grade/grader/cli/grade.cjs');
}

const packagesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );

test('the package has no assignment, no test and no hidden file of ours', () => {
  const names = [...publishedFiles(ROOT).keys()];
  expect(names).toEqual(expect.arrayContaining(['package.json', 'locked.json', 'tests/kit/src/index.ts']));
  const others =
    /\.test\.ts$|\/test\/|^(?:reference|docs|bench)\/|^tests\/(?!kit\/)|conv2d-gemm|simple-conv-net|modular-nets/;
  expect(names.filter((name) => others.test(name))).toEqual([]);
});

/** The command of a package that is installed in a folder. */
function gradeOf(folder: string) {
  const command = install(folder);
  return async (cwd: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [command, ...args], { cwd, env: environment(folder) })).stdout;
}

const environment = (folder: string) => ({ PATH: process.env['PATH']!, XDG_CACHE_HOME: join(folder, 'cache') });

(process.getuid?.() === 0 ? test : test.skip)('root, whose home others may not enter, needs no cache there', () =>
  inFolder({ 'home/mine': '' }, async (folder) => {
    const HOME = join(folder, 'home');
    chmodSync(HOME, 0o700);
    const command = install(folder);
    const digest = createHash('sha256')
      .update(`links to ${join(folder, 'node_modules/im2grade')}`)
      .digest('hex');
    const cache = join('/var/cache/im2grade', digest.slice(0, 16));
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [command, 'new', 'column-means', '--yes'], {
        cwd: folder,
        env: { PATH: process.env['PATH']!, HOME },
      });
      expect(stdout).toContain('Made ');
      expect(existsSync(join(cache, '.cache'))).toBe(true);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  }),
);

test('an installed package makes and proves an assignment in an empty folder, and then in any folder of the course', () =>
  inFolder({}, async (folder) => {
    const grade = gradeOf(folder);
    await expect(grade(folder, 'assignments')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^grade: no course here: [^\n]*\n$/) as unknown,
    });
    // A machine is examined before there is a course, too.
    expect(JSON.parse(await grade(folder, 'doctor', '--json'))).toMatchObject({ attacks: [] });
    await grade(folder, 'new', 'column-means', '--yes');
    expect(readdirSync(folder).sort()).toEqual(['cache', 'node_modules', 'reference', 'skeleton', 'tests']);
    const proved = await grade(join(folder, 'tests'), 'prove', 'column-means', '--quick', '--json');
    expect(HonestyReport.parse(JSON.parse(proved)).checks.flatMap(({ problems }) => problems)).toEqual([]);
    expect(existsSync(join(folder, 'node_modules/im2grade/.cache'))).toBe(false);
  }));

const ID = 'column-means';
const MOST_MS = 600_000;

test(
  'an installed package grades a class, hands out, and grades in the action of GitHub and in the archive for Gradescope',
  () =>
    inFolder({ output: '', summary: '' }, async (folder) => {
      const grade = gradeOf(folder);
      await grade(folder, 'new', ID, '--yes');
      for (const [name, room] of [
        ['ada', 'reference'],
        ['bob', 'skeleton'],
      ])
        cpSync(join(folder, room, ID, 'src'), join(folder, 'hw', name, 'src'), { recursive: true });
      expect(await grade(folder, 'class', 'hw')).toContain('hw: 2 submissions, 2 graded');
      const { grading } = ScoreReport.parse(JSON.parse(await grade(folder, 'hw/bob', '--json')));
      expect(grading.command).toMatch(/^npx grade hw\/bob --assignment column-means --seed \d+$/u);
      expect(await grade(folder, 'rubric', ID, '--lint')).toBe('Nothing is unclear.\n');
      expect(await grade(folder, 'release', ID, '--out', 'handout.zip')).toMatch(/^Wrote \d+ files to handout\.zip\n$/);

      const step = join(folder, 'node_modules/im2grade/grader/platforms/github/step.sh');
      const inAction = await runScript(['bash', step], folder, {
        ...environment(folder),
        GITHUB_WORKSPACE: folder,
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        RUNNER_TEMP: folder,
        ACTION_PATH: join(folder, 'node_modules/im2grade'),
        SUBMISSION: 'hw/ada',
        COURSE: '.',
      });
      expect(inAction).toEqual({ code: 0, out: expect.stringContaining('title=Score::2 of 2') as unknown });

      await grade(folder, 'export', 'gradescope-autograder', ID, '--out', 'autograder.zip');
      const image = join(folder, 'image');
      await unpackAutograder(join(folder, 'autograder.zip'), join(image, 'source'));
      linkPackages(join(image, 'source/im2grade'));
      cpSync(join(image, 'source/run_autograder'), join(image, 'run_autograder'));
      cpSync(join(folder, 'hw/ada'), join(image, 'submission'), { recursive: true });
      const { code, out } = await runScript('./run_autograder', image, environment(image));
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Score  2 of 2') as unknown });
      expect(JSON.parse(readFileSync(join(image, 'results/results.json'), 'utf8'))).toMatchObject({ score: 2 });
    }),
  MOST_MS,
);
