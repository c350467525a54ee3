import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, START } from '../support/runGrade.ts';

/** Waits until the examination runs: it then has a folder of its own. */
async function underWay(temporary: string): Promise<void> {
  while (!readdirSync(temporary).some((name) => name.startsWith('im2grade-examine-'))) await sleep(20);
}

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
