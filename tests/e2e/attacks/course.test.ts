import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { ownRepository } from '../support/ownRepository.ts';
import { inFolder } from '../support/runGrade.ts';

/** im2grade without assignments, as it is when it is installed for all users. */
const { folder: repository } = ownRepository();
for (const id of assignmentIds(ROOT)) rmSync(join(repository, 'skeleton', id), { recursive: true });

const gradeIn = (cwd: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(repository, 'grader/cli/start.mjs'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });

/** A submission with folders that look like a course, whose suites would pass everything. */
function hostile(folder: string): void {
  for (const room of ['skeleton', 'reference', 'tests'])
    cpSync(join(ROOT, 'tests/e2e/assignments/relu', room), join(folder, room, 'relu'), { recursive: true });
  mkdirSync(join(folder, 'src'));
}

test('a submission that looks like a course is not graded by itself', () =>
  inFolder({ 'class/bob/src/relu.ts': '' }, async (folder) => {
    const ada = join(folder, 'class/ada');
    mkdirSync(ada);
    hostile(ada);
    const refused = (shown: string) => ({
      code: 2,
      stderr: `grade: ${shown} contains a course, and would be graded by it; name yours with --course\n`,
    });
    await expect(gradeIn(ada, '.')).rejects.toMatchObject(refused('.'));
    await expect(gradeIn(join(ada, 'src'), '..')).rejects.toMatchObject(refused('..'));
    await expect(gradeIn(ada, 'class', '..')).rejects.toMatchObject(refused('..'));
    await expect(gradeIn(folder, 'class/ada')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('grade: no course here: ') as unknown,
    });
  }));
