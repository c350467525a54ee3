import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, START } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'examples/submission');
const BELOW = [SUBMISSION, '--only', 'im2mat', '--fail-under', '14'];

/** Runs the command with a closed pipe; returns its exit code and its output on the other one. */
function runUnheard(args: readonly string[], cwd: string, unheard: 'stdout' | 'stderr'): Promise<object> {
  const child = spawn(process.execPath, [START, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child[unheard].destroy();
  let heard = '';
  child[unheard === 'stdout' ? 'stderr' : 'stdout'].on('data', (piece: Buffer) => (heard += piece.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, heard })));
}

test.concurrent.each([
  [['--help'], 0],
  [['assignments', '--json'], 0],
  [['schema'], 0],
  [['doctor', '--no-attacks'], 0],
  [['export', 'junit', join(ROOT, 'nowhere.json')], 2],
])('if nobody reads the output of %j, it ends with its own exit code', (args, code) =>
  inFolder({}, async (folder) => {
    const quiet = code === 0 ? '' : (expect.stringMatching(/^grade: [^\n]*\n$/) as unknown);
    expect(await runUnheard(args, folder, 'stdout')).toEqual({ code, heard: quiet });
  }),
);

test.concurrent('if nobody reads the score, the report is saved all the same', () =>
  inFolder({}, async (folder) => {
    expect(await runUnheard(BELOW, folder, 'stdout')).toEqual({ code: 1, heard: '' });
    expect(existsSync(join(folder, 'reports/submission/report.json'))).toBe(true);
  }),
);

test.concurrent('if nobody reads standard error', () =>
  inFolder({}, async (folder) => {
    expect(await runUnheard(['nowhere'], folder, 'stderr')).toEqual({ code: 2, heard: '' });
  }),
);
