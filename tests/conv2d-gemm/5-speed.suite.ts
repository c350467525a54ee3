import { convGeometry, createRandom, type Geometry } from '@im2grade/nn';
import { type Call, type CallResult, criterion, type CriterionContext, measureSpeed, type Values } from '@im2grade/kit';
import { calls, imageSize, kernelSize, matSize, outputSize } from './calls.ts';

/** The baseline's second convolution on a batch of 64: wide enough to be measured, small enough to be sent. */
const G: Geometry = convGeometry({ B: 64, InY: 11, InX: 11, InC: 4, KnY: 6, KnX: 6, KnC: 8 });

/** Largest number of terms in any sum of these calls; judges the timed results, loosely: exactness is examined elsewhere. */
const TERMS = Math.max(G.KnY * G.KnX * G.InC, G.B * G.OpY * G.OpX);
const TOLERANCE = 4 * TERMS * TERMS * 2 ** -53;

function closeEnough(a: Values, b: Values): boolean {
  for (let i = 0; i < a.length; i++) if (!(Math.abs(a[i] - b[i]) <= TOLERANCE)) return false;
  return true;
}

/** Times one operation; `make` gets a source of numbers that no process has seen. */
function speedOf(operation: string, make: (real: (length: number) => Float64Array) => Call) {
  return ({ submission, criterion: { settings }, seed }: CriterionContext) =>
    measureSpeed(submission, {
      operation,
      geometry: { ...G },
      fullCreditRatio: settings['fullCreditRatio'],
      freshCall(repetition) {
        const random = createRandom(seed + 7919 * (repetition + 1));
        return make((length) => Float64Array.from({ length }, () => random.uniform(-1, 1)));
      },
      isRight: (_call: Call, { outputs: got }: CallResult, { outputs: expected }: CallResult) => got.every((values, i) => closeEnough(values, expected[i])),
    });
}

criterion('speed.im2mat', speedOf('Im2Mat', (real) => calls.Im2Mat(G, real(imageSize(G)))));
criterion('speed.mat2im', speedOf('Mat2Im', (real) => calls.Mat2Im(G, real(matSize(G)))));
criterion('speed.forward', speedOf('Conv2D forward', (real) => calls.forward(G, real(matSize(G)), real(kernelSize(G)), real(G.KnC))));
criterion(
  'speed.backward',
  speedOf('Conv2D backward', (real) => calls.backward(G, real(matSize(G)), real(kernelSize(G)), real(G.KnC), real(outputSize(G)))),
);
