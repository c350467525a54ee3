import { expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn, gradeFiles } from './support/gradeFiles.ts';

type Edit = readonly [file: string, find: string, replace: string];

/** The likely causes in the report of a reference with edits. */
async function causesIn(id: string, criterion: string, edits: readonly Edit[]): Promise<(string | undefined)[]> {
  const assignment = assignmentOf(id);
  const files = deliverablesIn(assignment, assignment.folders.reference);
  for (const [file, find, replace] of edits) {
    const text = files.get(file)!;
    expect(text).toContain(find);
    files.set(file, text.replace(find, replace));
  }
  const { outcomes } = await gradeFiles(assignment, 'edited', files, [criterion], 7);
  const [{ status, evidence }] = outcomes.filter((outcome) => outcome.id === criterion);
  expect(status).toBe('failed');
  return evidence.map((item) => (item.type === 'counterexample' ? item.cause : undefined));
}

test.concurrent(
  'a weight that is not transposed is a likely cause if it gives all numbers',
  async () => {
    const file = 'src/fcLayer.ts';
    expect(
      await causesIn('simple-conv-net', 'fc-layer-vector.definition', [
        [file, '{ transposeB: true }', '{ transposeB: a.shape[1] !== weight.shape[0] }'],
      ]),
    ).toEqual(['the product is with weight, not with its transpose']);
  },
  300_000,
);

test.concurrent(
  'so is a product of means in place of the mean of products',
  async () => {
    const file = 'src/FullyConnected.ts';
    const FIND = 'scale(matmul(dC_by_doutputs, inputs, { transposeA: true }), share)';
    const MEAN_ROW =
      'const meanRow = (a: Tensor): Tensor => reshape(scale(sum(a, [0]), 1 / a.shape[0]), [1, a.shape[1]]);\n\n/** Part 1:';
    const REPLACE = 'matmul(meanRow(dC_by_doutputs), meanRow(inputs), { transposeA: true })';
    expect(
      await causesIn('modular-nets', 'fully-connected-down.mean', [
        [file, FIND, REPLACE],
        [file, 'sum, type Tensor', 'reshape, sum, type Tensor'],
        [file, '/** Part 1:', MEAN_ROW],
      ]),
    ).toEqual(['the mean derivative times the mean input, not the mean of their products']);
  },
  300_000,
);
