import { describe, expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn, gradeFiles } from './support/gradeFiles.ts';

const SEED = 20181121;

/** What becomes of the others when one deliverable of three assignments cannot be used. */
const broken: readonly [assignment: string, path: string, lost: readonly string[], kept: readonly string[]][] = [
  [
    'conv2d-gemm',
    'src/Im2MatLayer.ts',
    ['im2mat.definition', 'im2mat.linearity', 'mat2im.adjoint'],
    ['conv2d.forward', 'conv2d.input-untouched', 'gradient.convolution'],
  ],
  [
    'conv2d-gemm',
    'src/Conv2DLayer.ts',
    ['conv2d.forward', 'conv2d.input-untouched'],
    ['im2mat.definition', 'mat2im.adjoint', 'gradient.convolution'],
  ],
  [
    'simple-conv-net',
    'src/relu.ts',
    ['relu-scalar.definition', 'relu-vector.definition'],
    ['pool2d-scalar.definition', 'conv2d-vector.definition', 'network.scalar', 'network.vector'],
  ],
  [
    'modular-nets',
    'src/FullyConnected.ts',
    ['fully-connected-up.definition', 'fully-connected-down.weights', 'fully-connected.no-loops'],
    ['conv-method2-up.definition', 'conv-method2.form', 'nets.gradient'],
  ],
];

const faults: readonly [string, (text: string) => string, (path: string) => string][] = [
  ['a syntax error', (text) => `const = 3;\n${text}`, (path) => `${path}:1:6: `],
  [
    'an exception at import',
    (text) => `throw new Error('boom');\n${text}`,
    (path) => `${path}: cannot be loaded: Error: boom`,
  ],
];

describe.each(broken)('%s without a usable %s', (id, path, lost, kept) => {
  const assignment = assignmentOf(id);
  const reference = deliverablesIn(assignment, assignment.folders.reference);

  test.each(faults)('%s: what needs it is lost with the reason, the rest is graded', async (_, change, reason) => {
    const files = new Map([...reference, [path, change(reference.get(path)!)]]);
    const { outcomes, submission } = await gradeFiles(assignment, 'half', files, [...lost, ...kept], SEED);
    const statusOf = (ids: readonly string[]) =>
      outcomes.filter((outcome) => ids.includes(outcome.id)).map(({ status, id: which }) => `${which} ${status}`);
    expect(statusOf(lost).sort()).toEqual(lost.map((each) => `${each} not-attempted`).sort());
    expect(statusOf(kept).sort()).toEqual(kept.map((each) => `${each} passed`).sort());
    for (const outcome of outcomes.filter(({ id: which }) => lost.includes(which)))
      expect(outcome.reason.startsWith(reason(path))).toBe(true);
    expect(submission.unusable.map((each) => each.path)).toEqual([path]);
  });
});

test('what no single file causes is refused as before', async () => {
  const assignment = assignmentOf('conv2d-gemm');
  const reference = deliverablesIn(assignment, assignment.folders.reference);
  const [one, two] = ['src/Conv2DLayer.ts', 'src/Im2MatLayer.ts'];
  const files = new Map([
    ...reference,
    [one, `Object.assign(globalThis, { other: 1 });\n${reference.get(one)}`],
    [two, `if ('other' in globalThis) throw new Error('not with the other');\n${reference.get(two)}`],
  ]);
  await expect(gradeFiles(assignment, 'half', files, ['im2mat.definition'], SEED)).rejects.toThrow(
    /^the deliverables cannot be loaded: Error: not with the other/,
  );
});
