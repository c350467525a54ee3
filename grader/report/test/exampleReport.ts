import { ScoreReport } from '../../model/report.ts';
import type * as z from 'zod';
import { exampleEvidence } from './exampleEvidence.ts';

type Draft = z.input<typeof ScoreReport>;
type OutcomeDraft = Draft['outcomes'][number];

/** The report of a typical grading: most points earned, some lost in every way, some pending. */
export function exampleReport(): ScoreReport {
  const outcomes = exampleOutcomes();
  return ScoreReport.parse({
    schema: 'im2grade/score-report',
    version: 2,
    assignment: { id: 'conv2d-gemm', title: 'Convolution as matrix multiplication', version: 1 },
    submission: {
      name: 'lovelace-noether',
      students: [],
      digest: 'sha256:4f1d0c4c1f0b5f3ad6a8d4f7b4f0f6f2a4cf1a5c0f0a6d2bb1b0e6a2f2b7a911',
      files: [
        { path: 'src/Im2MatLayer.ts', bytes: 3120 },
        { path: 'src/Conv2DLayer.ts', bytes: 2210 },
        { path: 'src/classify.ts', bytes: 811 },
        { path: 'motivation.md', bytes: 1905 },
      ],
      ignored: ['src/network.ts', 'notes.txt'],
    },
    grading: {
      seed: 20181121,
      startedAt: '2026-11-21T09:30:00.000Z',
      seconds: { intake: 0.02, build: 0.31, examine: 12.4 },
      only: [],
      command: 'grade lovelace-noether --seed 20181121',
    },
    environment: {
      grader: '0.1.0',
      node: 'v20.20.2',
      platform: 'linux x64',
      cpu: 'AMD EPYC 7B13',
      cores: 2,
      memoryMiB: 3900,
      gemm: 'typescript',
      teamSize: 1,
      data: 'mnist: 10,000 digits of MNIST (mnist 1.1.0): 6,999 train, 1,005 validation, 1,996 hiddenTest',
      isolation: { tier: 'reduced', means: ['process split', 'memory limit'] },
    },
    warnings: [
      {
        path: 'src/Im2MatLayer.ts',
        line: 41,
        message: "Type 'number | undefined' is not assignable to type 'number'.",
      },
    ],
    totals: totals(outcomes),
    outcomes,
  });
}

const PENDING: readonly string[] = ['inconclusive', 'grader-error', 'manual', 'not-measurable', 'blocked'];

function totals(outcomes: readonly OutcomeDraft[]): Draft['totals'] {
  const plain = outcomes.filter(({ bonus }) => !bonus);
  const pending = plain.filter(({ status }) => PENDING.includes(status));
  const counted = plain.filter(({ status }) => !PENDING.includes(status));
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return {
    earned: sum(counted.map(({ earned }) => earned)),
    possible: sum(counted.map(({ points }) => points)),
    bonus: sum(outcomes.filter(({ bonus }) => bonus).map(({ earned }) => earned)),
    all: sum(plain.map(({ points }) => points)),
    pending: pending.map(({ id, points, status }) => ({ id, points, status })),
    provisional: pending.length > 0,
  };
}

/** A criterion's outcome; fields that are left out are those of an ordinary passed one. */
function outcome(
  group: string,
  id: string,
  title: string,
  points: number,
  rest: Partial<OutcomeDraft> = {},
): OutcomeDraft {
  const status = rest.status ?? 'passed';
  return {
    id,
    title,
    group,
    points,
    asks: `${title}: what you return must be what the definition says.`,
    status,
    earned: status === 'passed' ? points : status === 'partial' ? points * (rest.credit ?? 0) : 0,
    kind: 'correctness',
    visibility: 'visible',
    bonus: false,
    replay: `grade lovelace-noether --only ${id} --seed 20181121`,
    seconds: 0.04,
    ...rest,
  };
}

function exampleOutcomes(): OutcomeDraft[] {
  const evidence = exampleEvidence();
  return [
    outcome('Im2Mat', 'im2mat.definition', 'Patches as rows, stride 1, no padding', 6),
    outcome('Im2Mat', 'im2mat.padding', 'Zeros where the patch leaves the image', 4, {
      status: 'failed',
      asks: 'Elements of a patch that lie outside the image are 0, whatever OUT held before.',
      reason: 'OUT[b=0, oy=0, ox=0, fy=0, fx=0, ic=0]: expected 0, got 7.25',
      evidence: [evidence.counterexample],
    }),
    outcome('Im2Mat', 'im2mat.stride', 'Strides that differ in y and x', 4, { visibility: 'hidden' }),
    outcome('Mat2Im', 'mat2im.adjoint', 'Mat2Im is the exact adjoint of Im2Mat', 8, {
      status: 'failed',
      visibility: 'hidden',
      reason: 'the two scalar products differ',
      evidence: [evidence.digitCounterexample],
    }),
    outcome('Mat2Im', 'mat2im.coverage', 'Every pixel is counted once per patch that holds it', 6, {
      status: 'failed',
      reason: 'Mat2Im did not return within 2 s',
      evidence: [evidence.misbehaviour],
    }),
    outcome('Conv2D', 'conv2d.forward', 'Forward: one GEMM and the bias', 10, { substituted: ['src/Im2MatLayer.ts'] }),
    outcome('Conv2D', 'conv2d.gradients', 'Gradients of every tensor against central differences', 12, {
      status: 'partial',
      credit: 0.5,
      substituted: ['src/Im2MatLayer.ts'],
      reason: '2 of 4 tensors are wrong: bias, output weights',
      evidence: [evidence.gradientCheck],
    }),
    outcome('Conv2D', 'conv2d.float32', 'Both number types', 10, {
      status: 'not-attempted',
      reason: 'Conv2D backward is not written yet (question 1b)',
    }),
    outcome('Speed', 'speed.single-thread', 'One thread, against the reference', 10, {
      kind: 'speed',
      status: 'partial',
      credit: 0.62,
      reason: '2.31 times the reference',
      evidence: [evidence.timing],
    }),
    outcome('Speed', 'speed.scaling', 'Two threads and more', 15, {
      kind: 'speed',
      status: 'not-measurable',
      reason: 'teams of threads cannot be measured on this machine',
    }),
    outcome('Accuracy', 'accuracy.baseline', 'The given network learns as the reference does', 8, {
      kind: 'accuracy',
      evidence: [evidence.learningCurves, evidence.classification],
    }),
    outcome('Accuracy', 'accuracy.tuned', 'Your network beats the given one', 4, {
      kind: 'accuracy',
      evidence: [evidence.remark, evidence.handedInCurves],
    }),
    outcome('Accuracy', 'accuracy.motivation', 'Motivation of your choices', 3, {
      kind: 'manual',
      status: 'manual',
      reason: 'graded by a person',
      evidence: [evidence.activations, evidence.filters],
    }),
    outcome('Accuracy', 'accuracy.ladder', 'Half the errors of the given network', 5, {
      kind: 'accuracy',
      bonus: true,
    }),
  ];
}
