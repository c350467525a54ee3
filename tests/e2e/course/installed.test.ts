import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { HonestyReport } from '../../../grader/model/honestyReport.ts';
import { publishedFiles } from '../../../grader/release/publish/publishedFiles.ts';
import { writeFolder } from '../../../grader/release/writeHandout.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder } from '../support/runGrade.ts';

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

test('an installed package makes and proves an assignment in an empty folder, and then in any folder of the course', () =>
  inFolder({}, async (folder) => {
    const command = install(folder);
    const grade = async (cwd: string, ...args: string[]) =>
      (
        await promisify(execFile)(process.execPath, [command, ...args], {
          cwd,
          env: { PATH: process.env['PATH'], XDG_CACHE_HOME: join(folder, 'cache') },
        })
      ).stdout;
    await expect(grade(folder, 'assignments')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^grade: no course here: [^\n]*\n$/) as unknown,
    });
    await grade(folder, 'new', 'column-means', '--yes');
    expect(readdirSync(folder).sort()).toEqual(['cache', 'node_modules', 'reference', 'skeleton', 'tests']);
    const proved = await grade(join(folder, 'tests'), 'prove', 'column-means', '--quick', '--json');
    expect(HonestyReport.parse(JSON.parse(proved)).checks.flatMap(({ problems }) => problems)).toEqual([]);
    expect(existsSync(join(folder, 'node_modules/im2grade/.cache'))).toBe(false);
  }));
