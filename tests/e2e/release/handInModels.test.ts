import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSubmission } from '../../../grader/intake/readSubmission.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { studentFolder } from '../support/studentFolder.ts';

const assignment = assignmentOf('cifar-nets');
const { folder, run } = studentFolder('cifar-nets');
const models = join(folder, 'solved/models');
const command = [join(ROOT, 'skeleton/handout/bin/handout.cjs'), 'hand-in', 'ada.zip'];

test('weights are handed in under the names that the model gives them, and what is left out is named', async () => {
  rmSync(join(models, 'first.onnx'));
  cpSync(join(assignment.folders.tests, 'accepted/tensorflow-js/models/first'), join(models, 'first'), {
    recursive: true,
  });
  writeFileSync(join(models, 'model.onnx.data'), '');
  const { code, output } = await run('solved', command);
  expect(output).toMatch(
    /^warning: models\/model\.onnx\.data is not taken; it would be taken as models\/lenet\.onnx\.data$/mu,
  );
  expect(output).toMatch(/^ {2}models\/first\/my-model\.weights\.bin \(53224 bytes\)$/mu);
  expect(code).toBe(0);
  const { files, assumed } = await readSubmission(join(folder, 'solved/ada.zip'), assignment);
  expect([...files.keys()]).toContain('models/first/my-model.weights.bin');
  expect(assumed).toEqual([]);
});

test('weights that are missing are a warning', async () => {
  rmSync(join(models, 'first/my-model.weights.bin'));
  const { output } = await run('solved', command);
  expect(output).toMatch(
    /^warning: models\/first\/my-model\.weights\.bin is missing; models\/first\/model\.json names it$/mu,
  );
});
