import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { signal } from '../support/processes.ts';
import { inFolder, START } from '../support/runGrade.ts';

/** Waits until the examination runs: it then has a folder of its own. */
async function underWay(temporary: string): Promise<void> {
  while (!readdirSync(temporary).some((name) => name.startsWith('im2grade-examine-'))) await sleep(20);
}

/**
 * Presses Ctrl-C on a terminal, which every process of the command gets, once the suites run, and again if it has not ended
 * by then.
 */
async function interrupted(args: readonly string[], here: string, temporary: string) {
  const child = spawn(process.execPath, [START, ...args], {
    cwd: here,
    env: { PATH: process.env['PATH'], TMPDIR: temporary },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let stderr = '';
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await underWay(temporary);
  signal(-child.pid!, 'SIGINT');
  await sleep(20);
  signal(-child.pid!, 'SIGINT');
  return { code: await ended, stderr };
}

const COURSE = join(ROOT, 'examples/course');

test.each([
  ['new', ['warm-up', '--yes', '--course', '.'], '; nothing was made'],
  ['rubric', ['batch-norm', '--preview', 'batch-norm-first-only', '--course', COURSE], '; nothing was written'],
  ['prove', ['batch-norm', '--quick', '--course', COURSE], ''],
  ['prove', ['batch-norm', '--mutate', '--course', COURSE], '; run the same command again to continue'],
])('Ctrl-C on a terminal ends every process of %s, and one line says so', (command, args, consequence) =>
  inFolder({ 'tmp/mine': '', 'here/mine': '' }, async (folder) => {
    const [temporary, here] = [join(folder, 'tmp'), join(folder, 'here')];
    const { code, stderr } = await interrupted([command, ...args], here, temporary);
    const progress = /^(?:(?:✓ .*|\S.* …)\n)*/u.exec(stderr)![0];
    expect({ code, said: stderr.slice(progress.length) }).toEqual({
      code: 130,
      said: `grade: interrupted${consequence}\n`,
    });
    expect(readdirSync(here).filter((name) => name !== 'reports')).toEqual(['mine']);
    expect(readdirSync(temporary).filter((name) => name.startsWith('im2grade-'))).toEqual([]);
  }),
);

test('Ctrl-C ends the grading, says so, and leaves nothing behind', () =>
  inFolder({ 'tmp/mine': '', 'here/mine': '' }, async (folder) => {
    const [temporary, here] = [join(folder, 'tmp'), join(folder, 'here')];
    const child = spawn(process.execPath, [START, join(ROOT, 'examples/complete')], {
      cwd: here,
      env: { PATH: process.env['PATH'], TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await underWay(temporary);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(stderr).toBe('grade: interrupted; nothing was written\n');
    expect(readdirSync(here)).toEqual(['mine']);
    expect(readdirSync(temporary).filter((name) => name.startsWith('im2grade-'))).toEqual([]);
  }));
