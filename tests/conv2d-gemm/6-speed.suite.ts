import { convGeometry, type Geometry, type TrainingPlan } from '@im2grade/nn';
import { baseline, DIGIT } from '@im2grade/conv2d-gemm/src/baseline.ts';
import {
  type Call,
  type CallResult,
  criterion,
  type CriterionContext,
  type FreshArrays,
  freshArrays,
  initialParameters,
  measureScaling,
  measureSpeed,
  type TeamResults,
  type TimedOperation,
  type Values,
} from '@im2grade/kit';
import { calls, imageSize, kernelSize, matSize, outputSize } from './calls.ts';
import { placesOfConvolutions } from './placesOfConvolutions.ts';

/** The baseline's first convolution on a batch of 64: one channel, so that copying takes most of the time. */
const COPYING = convGeometry({ B: 64, InY: 28, InX: 28, InC: 1, KnY: 8, KnX: 8, KnC: 4, Sy: 2, Sx: 2 });

/** Wide enough for a blocked product to pay off, small enough to be sent for every sample. */
const MULTIPLYING = convGeometry({ B: 8, InY: 14, InX: 14, InC: 16, KnY: 3, KnX: 3, KnC: 32, Py: 1, Px: 1 });

/** Judges the timed results, loosely: exactness is examined elsewhere. No sum here has more terms than this. */
const TERMS = 2000;
const TOLERANCE = 4 * TERMS * TERMS * 2 ** -53;

function closeEnough(a: Values, b: Values): boolean {
  for (let i = 0; i < a.length; i++) if (!(Math.abs(a[i] - b[i]) <= TOLERANCE)) return false;
  return true;
}

/** Times one operation; `make` receives a source of arrays that no process has seen. */
function speedOf(operation: string, geometry: Geometry, make: (real: FreshArrays['real']) => Call) {
  return ({ submission, criterion: { settings } }: CriterionContext) =>
    measureSpeed(submission, {
      operation,
      geometry: { ...geometry },
      fullCreditRatio: settings['fullCreditRatio'],
      freshCall: (repetition) => make(freshArrays(operation, repetition).real),
      isRight: (_call: Call, { outputs: got }: CallResult, { outputs: expected }: CallResult) =>
        got.every((values, i) => closeEnough(values, expected[i])),
    });
}

/** The settings of every timed criterion. */
const SCALE = { settings: ['fullCreditRatio'] };

const [C, M] = [COPYING, MULTIPLYING];
criterion(
  'speed.im2mat',
  speedOf('Im2Mat', C, (real) => calls.Im2Mat(C, real(imageSize(C)))),
  SCALE,
);
criterion(
  'speed.mat2im',
  speedOf('Mat2Im', C, (real) => calls.Mat2Im(C, real(matSize(C)))),
  SCALE,
);
criterion(
  'speed.forward',
  speedOf('Conv2D forward', M, (real) => calls.forward(M, real(matSize(M)), real(kernelSize(M)), real(M.KnC))),
  SCALE,
);
criterion(
  'speed.backward',
  speedOf('Conv2D backward', M, (real) =>
    calls.backward(M, real(matSize(M)), real(kernelSize(M)), real(M.KnC), real(outputSize(M))),
  ),
  SCALE,
);

/** The baseline's network on two batches. Momentum and not Adam, whose steps would amplify the smallest rounding. */
const TRAINING: TrainingPlan = {
  ...baseline(),
  optimizer: { type: 'momentum', learningRate: 0.01 },
  batchSize: 32,
  epochs: 1,
};
const DIGITS = 2 * TRAINING.batchSize;
const CLASSES = 10;
const PIXELS = DIGIT.InY * DIGIT.InX * DIGIT.InC;
const TRAINING_SECONDS = 10;

const STEPS = 'training, two steps of the baseline';

/** Training from given parameters, on images of noise and with labels that no process has seen. */
function trainingCall(repetition: number, steps = 2): Call {
  const fresh = freshArrays(STEPS, repetition);
  const labels = fresh.integers(steps * TRAINING.batchSize, CLASSES);
  const digits = { images: fresh.bytes(DIGITS * PIXELS), labels };
  const initial = initialParameters(TRAINING.description, DIGIT, fresh.seed());
  return calls.train(TRAINING, DIGIT, digits, initial, TRAINING_SECONDS);
}

const trainingSteps = (fullCreditRatio: number): TimedOperation => ({
  operation: STEPS,
  geometry: { B: TRAINING.batchSize, ...DIGIT },
  fullCreditRatio,
  inFreshProcesses: true,
  freshCall: trainingCall,
  isRight: (_call, { outputs: got }, { outputs: expected }) =>
    got.every((values, i) => closeEnough(values, expected[i])),
});

/**
 * After two steps only the second one shows who wrote the results, so the first call that is recorded has one step, on the
 * first half of as many images: code of a submission sees no difference.
 */
const trainingResults = (): TeamResults => ({
  recordedCall: (repetition, index) => trainingCall(repetition, index === 0 ? 1 : 2),
  places: placesOfConvolutions(TRAINING, DIGIT),
  isClose: (a, b) => Math.abs(a - b) <= TOLERANCE,
});

criterion(
  'speed.training',
  ({ submission, criterion: { settings } }) => measureSpeed(submission, trainingSteps(settings['fullCreditRatio'])),
  SCALE,
);

criterion('team.scaling', ({ submission }) =>
  measureScaling(submission, { ...trainingSteps(1), results: trainingResults() }),
);
