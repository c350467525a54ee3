import { execFile } from 'node:child_process';
import { cpSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder } from '../support/runGrade.ts';

const MADE = new Set(['node_modules', '.cache']);

/** A repository with the command line and the assignments, and the packages of this one. */
function copyRepository(to: string): void {
  for (const room of ['grader', 'skeleton', 'data', 'reference', 'package.json', 'package-lock.json'])
    cpSync(join(ROOT, room), join(to, room), { recursive: true, filter: (path) => !MADE.has(basename(path)) });
  for (const packages of ['node_modules', 'grader/node_modules']) symlinkSync(join(ROOT, packages), join(to, packages));
}

async function start(repository: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(repository, 'grader/cli/start.mjs'), ...args]);
  return stdout;
}

test('the command is bundled again if a source has changed, and belongs to its own repository', () =>
  inFolder({}, async (folder) => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there')];
    copyRepository(here);
    expect(await start(here, '--help')).toContain('grade class <submissions>');
    const main = join(here, 'grader/cli/main.ts');
    writeFileSync(main, readFileSync(main, 'utf8').replace("scriptName('grade')", "scriptName('anew')"));
    expect(await start(here, '--help')).toContain('anew class <submissions>');
    renameSync(here, there);
    const yaml = join(there, 'skeleton/conv2d-gemm/assignment.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^title: .*/m, 'title: Moved along'));
    expect(await start(there, 'assignments')).toContain('Moved along');
  }));

test('a command that cannot be bundled says so in one line', () =>
  inFolder({}, async (folder) => {
    copyRepository(folder);
    writeFileSync(join(folder, 'grader/.cache'), 'no folder');
    await expect(start(folder, '--help')).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^grade: the command cannot be made from its sources: EEXIST[^\n]*\n$/),
    });
  }));
