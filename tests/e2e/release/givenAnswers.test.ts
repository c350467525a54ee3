import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { handoutFiles } from '../../../grader/release/handoutFiles.ts';
import { type Files, packLibrary } from '../../../grader/release/packFolder.ts';
import type { Questions } from '../../kit/src/questions.ts';
import { folderInRepository } from '../support/folderInRepository.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

/** What a deliverable could import, and what a student can read; programs and tests only run. */
const MODULE = /^(?:vendor\/[^/]+\/)?src\/.*\.ts$/u;

/** The answers among the exports of a handout's modules, searched for in a separate process. */
async function answersIn(id: string, files: Files): Promise<string[]> {
  const folder = folderInRepository('given');
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    mkdirSync(join(folder, 'node_modules/@im2grade'), { recursive: true });
    for (const name of readdirSync(join(folder, 'vendor')))
      symlinkSync(join(folder, 'vendor', name), join(folder, 'node_modules/@im2grade', name));
    const modules = [...files.keys()].filter((path) => MODULE.test(path));
    const given = [folder, join(ROOT, 'tests', id, 'questions.ts'), ...modules];
    const probe = ['--import', 'tsx', join(ROOT, 'tests/e2e/release/probe.ts')];
    const { stdout } = await promisify(execFile)(process.execPath, [...probe, ...given], { cwd: ROOT });
    return JSON.parse(stdout) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const questionsOf = async (id: string) =>
  ((await import(`../../${id}/questions.ts`)) as { questions: Questions }).questions;

describe.each(assignmentIds(ROOT))('%s', (id) => {
  const files = handoutFiles(ROOT, assignmentOf(id));

  test('nothing in the handout computes what is asked for, except what is given on purpose', async () => {
    const questions = await questionsOf(id);
    expect(await answersIn(id, files)).toEqual(Object.keys(questions.onPurpose).sort());
  }, 600_000);
});

test('an answer is found in a library that computes it, readable or not, under any name', async () => {
  const leaking = new Map(handoutFiles(ROOT, assignmentOf('conv2d-gemm')));
  for (const [path, content] of packLibrary(join(ROOT, 'skeleton/fastconv'), ['src']))
    leaking.set(`vendor/fastconv/${path}`, content);
  leaking.set('vendor/fastconv/package.json', readFileSync(join(ROOT, 'skeleton/fastconv/package.json')));
  const found = await answersIn('conv2d-gemm', leaking);
  expect(found).toEqual(
    expect.arrayContaining([
      'vendor/fastconv/src/FusedConv2DLayer.ts FusedConv2DLayer.backward: Mat2Im',
      'vendor/fastconv/src/FusedConv2DLayer.ts FusedConv2DLayer.forward: Im2Mat',
      'vendor/fastconv/src/convolution/chunkedConvolution.ts chunkedConvolution.backward: Mat2Im',
      'vendor/fastconv/src/convolution/chunkedConvolution.ts chunkedConvolution.forward: Im2Mat',
      'vendor/fastconv/src/convolution/convolutionBackward.ts convolutionBackward: Mat2Im',
      'vendor/fastconv/src/convolution/convolutionForward.ts convolutionForward: Im2Mat',
      'vendor/fastconv/src/convolution/patches.ts addPatches: Mat2Im',
      'vendor/fastconv/src/convolution/patches.ts layOutPatches: Im2Mat',
    ]),
  );
}, 600_000);
