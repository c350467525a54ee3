import { SHAPES } from '@im2grade/simple-conv-net/src/parameters.ts';
import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import { type Call, criterion, type CriterionContext, freshArrays, measureSpeed, type Values } from '@im2grade/kit';
import { calls, type Form } from './calls.ts';

/** Judges the timed results, loosely: exactness is examined elsewhere. No sum here has more terms than this. */
const TERMS = 2881;
const TOLERANCE = 4 * TERMS * TERMS * 2 ** -53;

const closeEnough = (a: Values, b: Values): boolean => {
  for (let i = 0; i < a.length; i++) if (!(Math.abs(a[i] - b[i]) <= TOLERANCE)) return false;
  return true;
};

type Fresh = (shape: readonly number[]) => Tensor;

/** Times the vector form between the plain loops' scalar form and the reference's vector form. */
function speedOf(operation: string, geometry: Record<string, number>, make: (form: Form, fresh: Fresh) => Call) {
  const callOf = (form: Form) => (repetition: number) => {
    const fresh = freshArrays(operation, repetition);
    return make(form, (shape) => tensor(shape, fresh.real(sizeOf(shape))));
  };
  return ({ submission, criterion: { settings } }: CriterionContext) =>
    measureSpeed(submission, {
      operation,
      geometry,
      fullCreditRatio: settings['fullCreditRatio'],
      freshCall: callOf('vector'),
      plainCall: callOf('scalar'),
      isRight: (_call, { outputs: got }, { outputs: expected }) =>
        got.every((values, i) => closeEnough(values, expected[i])),
    });
}

/** Several channels and many maps: there is more to multiply than to lay out. */
const CONVOLUTION = { N: 8, C: 6, H: 16, W: 16, Cout: 48, K: 5 };

const SCALE = { settings: ['fullCreditRatio'] };

criterion(
  'speed.conv2d-vector',
  speedOf('conv2dVector', CONVOLUTION, (form, fresh) => {
    const { N, C, H, W, Cout, K } = CONVOLUTION;
    return calls.conv2d(form, fresh([N, C, H, W]), fresh([Cout, C, K, K]), fresh([Cout]));
  }),
  SCALE,
);

/** SimpleConvNet with a smaller hidden layer, so that its weights can be sent for every sample. */
const [IMAGES, HIDDEN] = [16, 64];
const { convWeight, convBias, fc1Weight, fc2Weight, fc2Bias } = SHAPES;

criterion(
  'speed.network-vector',
  speedOf('the network in vector form', { N: IMAGES, hidden: HIDDEN }, (form, fresh) => {
    const parameters = {
      convWeight: fresh(convWeight),
      convBias: fresh(convBias),
      fc1Weight: fresh([HIDDEN, fc1Weight[1]]),
      fc1Bias: fresh([HIDDEN]),
      fc2Weight: fresh([fc2Weight[0], HIDDEN]),
      fc2Bias: fresh(fc2Bias),
    };
    return calls.network(form, fresh([IMAGES, 1, 28, 28]), parameters, false);
  }),
  SCALE,
);
