import { convolutionForward, convolutionWorkspace } from '@im2grade/fastconv';
import { convGeometry, gemm } from '@im2grade/nn';
import { SHAPES } from '@im2grade/simple-conv-net/src/parameters.ts';
import { normalised } from '@im2grade/simple-conv-net/src/training.ts';
import { sizeOf, zeros } from '@im2grade/tensor';
import { type LabelledImages, useTrustedLibrary } from '@im2grade/kit';

const BATCH = 250;
const [Cout, , K] = SHAPES.convWeight;
const [HIDDEN, FLAT] = SHAPES.fc1Weight;
const [CLASSES] = SHAPES.fc2Weight;

/** The parameters of each layer, cut out of the flat array that holds them. */
function unflatten(flat: Float64Array) {
  let at = 0;
  const next = (name: keyof typeof SHAPES) => flat.subarray(at, (at += sizeOf(SHAPES[name])));
  return {
    convWeight: next('convWeight'),
    convBias: next('convBias'),
    fc1Weight: next('fc1Weight'),
    fc1Bias: next('fc1Bias'),
    fc2Weight: next('fc2Weight'),
    fc2Bias: next('fc2Bias'),
  };
}

/**
 * The digit that SimpleConvNet with these parameters recognises in each image: computed here by the library, with its
 * own convolution and products, and none of the submission's or the reference's layers.
 */
export function trustedAnswers(flat: Float64Array, digits: LabelledImages): Uint8Array {
  useTrustedLibrary();
  const parameters = unflatten(flat);
  const answers = new Uint8Array(digits.count);
  for (let begin = 0; begin < digits.count; begin += BATCH) {
    const chosen = Int32Array.from({ length: Math.min(BATCH, digits.count - begin) }, (_, i) => begin + i);
    answers.set(
      answersOf(parameters, normalised(digits, chosen, zeros([0])).data as Float64Array, chosen.length),
      begin,
    );
  }
  return answers;
}

function answersOf(p: ReturnType<typeof unflatten>, x: Float64Array, B: number): Uint8Array {
  const pooled = convolvedAndPooled(p, x, B);
  const hidden = linear(pooled, p.fc1Weight, p.fc1Bias, B, FLAT, HIDDEN).map((value) => Math.max(0, value));
  const logits = linear(hidden, p.fc2Weight, p.fc2Bias, B, HIDDEN, CLASSES);
  return Uint8Array.from({ length: B }, (_, b) => {
    const row = logits.subarray(b * CLASSES, (b + 1) * CLASSES);
    // Not found if one is NaN: −1 becomes 255 in a byte, `NO_ANSWER`.
    return row.indexOf(Math.max(...row));
  });
}

/** The convolution with channels last, as the library has it; pooled into channels first, as the network has it. */
function convolvedAndPooled({ convWeight, convBias }: ReturnType<typeof unflatten>, x: Float64Array, B: number) {
  const g = convGeometry({ B, InY: 28, InX: 28, InC: 1, KnY: K, KnX: K, KnC: Cout });
  const kernel = convWeight.map((_, i) => convWeight[(i % Cout) * K * K + Math.floor(i / Cout)]);
  const output = new Float64Array(B * g.OpY * g.OpX * Cout);
  convolutionForward(g, x, kernel, convBias, output, new Float64Array(convolutionWorkspace(g, Float64Array)));
  const [height, width] = [g.OpY / 2, g.OpX / 2];
  const pooled = new Float64Array(B * FLAT).fill(-Infinity);
  for (let i = 0; i < output.length; i++) {
    const [c, pixel] = [i % Cout, Math.floor(i / Cout)];
    const [column, row, b] = [pixel % g.OpX, Math.floor(pixel / g.OpX) % g.OpY, Math.floor(pixel / (g.OpX * g.OpY))];
    const window = ((b * Cout + c) * height + (row >> 1)) * width + (column >> 1);
    pooled[window] = Math.max(pooled[window], output[i]);
  }
  return pooled;
}

/** a · weightᵀ + bias */
function linear(a: Float64Array, weight: Float64Array, bias: Float64Array, B: number, D: number, P: number) {
  const result = Float64Array.from({ length: B * P }, (_, i) => bias[i % P]);
  gemm('N', 'T', B, P, D, 1, a, D, weight, D, 1, result, P);
  return result;
}
