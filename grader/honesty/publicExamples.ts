import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../host/files/cacheFolder.ts';
import type { Assignment } from '../model/assignment.ts';
import { handoutFiles } from '../release/handoutFiles.ts';
import type { Check } from './Check.ts';
import { writeHandoutIn } from './writeHandoutIn.ts';

/** Lines of Jest's output that are shown: the names of what failed come first. */
const MOST_LINES = 20;

/** The student's own tests, run in the handout as the student runs them, on the reference. */
export const publicExamples = (root: string, assignment: Assignment): Check => ({
  group: 'public examples',
  name: 'the public examples hold for the reference',
  run: async () => {
    const cache = cacheFolder(root);
    mkdirSync(cache, { recursive: true });
    // Where other packages are found.
    const folder = mkdtempSync(join(cache, 'student-'));
    try {
      writeHandoutIn(folder, handoutFiles(root, assignment));
      cpSync(assignment.folders.reference, folder, { recursive: true });
      const { code, output } = await testsIn(folder);
      const lines = output.split('\n').filter(Boolean);
      return code === 0 ? [] : [lines.slice(0, MOST_LINES).join('\n')];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

async function testsIn(folder: string): Promise<{ code: number | null; output: string }> {
  const handout = join(folder, 'vendor/handout/bin/handout.cjs');
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
  const child = spawn(process.execPath, [handout, 'test'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
