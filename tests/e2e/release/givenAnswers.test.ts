import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { givenAnswers } from '../../../grader/honesty/answers/answerCheck.ts';
import { handoutFiles } from '../../../grader/release/handoutFiles.ts';
import { packLibrary } from '../../../grader/release/packFolder.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

describe.each(assignmentIds(ROOT))('%s', (id) => {
  const assignment = assignmentOf(id);

  test('nothing in the handout computes what is asked for, except what is given on purpose', async () => {
    expect(await givenAnswers(ROOT, assignment, handoutFiles(ROOT, assignment))).toEqual([]);
  }, 180_000);
});

test('an answer is found in a library that computes it, readable or not, under any name', async () => {
  const assignment = assignmentOf('conv2d-gemm');
  const leaking = new Map(handoutFiles(ROOT, assignment));
  for (const [path, content] of packLibrary(join(ROOT, 'skeleton/fastconv'), ['src']))
    leaking.set(`vendor/fastconv/${path}`, content);
  leaking.set('vendor/fastconv/package.json', readFileSync(join(ROOT, 'skeleton/fastconv/package.json')));
  const found = await givenAnswers(ROOT, assignment, leaking);
  expect(found).toEqual(
    expect.arrayContaining(
      [
        'FusedConv2DLayer.ts FusedConv2DLayer.backward: Mat2Im',
        'FusedConv2DLayer.ts FusedConv2DLayer.forward: Im2Mat',
        'convolution/chunkedConvolution.ts chunkedConvolution.backward: Mat2Im',
        'convolution/chunkedConvolution.ts chunkedConvolution.forward: Im2Mat',
        'convolution/convolutionBackward.ts convolutionBackward: Mat2Im',
        'convolution/convolutionForward.ts convolutionForward: Im2Mat',
        'convolution/patches.ts addPatches: Mat2Im',
        'convolution/patches.ts layOutPatches: Im2Mat',
      ].map((answer) => `it computes an answer: vendor/fastconv/src/${answer}`),
    ),
  );
}, 180_000);
