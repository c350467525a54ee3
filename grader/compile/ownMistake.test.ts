import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { bundleOwn } from './bundleOwn.ts';
import { compilingOwn } from './ownMistake.ts';

const assignment = assignmentOf('conv2d-gemm');
const { reference } = assignment.folders;

/** Bundles the reference with another file in place of its own. */
async function bundled(path: string, text: string, outfile: (folder: string) => string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-test-'));
  try {
    const files = new Map([...deliverablesIn(assignment, reference), [path, text]]);
    await compilingOwn(ROOT, reference, () => bundleOwn(ROOT, assignment, files, outfile(folder)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a mistake in the reference is reported with file, line and column, as one of the assignment', async () => {
  await expect(
    bundled('src/classify.ts', 'export const tuned = ;', (folder) => join(folder, 'out.js')),
  ).rejects.toMatchObject({
    name: 'UsageError',
    message: 'reference/conv2d-gemm/src/classify.ts:1:22: Unexpected ";"',
  });
});

test('a bundle that cannot be written is the machine’s fault', async () => {
  await expect(bundled('motivation.md', '', (folder) => folder)).rejects.toMatchObject({
    name: 'MachineFault',
    message: expect.stringMatching(/^esbuild failed in .*: Failed to write to output file: .*is a directory/),
  });
});
