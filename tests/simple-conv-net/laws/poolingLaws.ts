import { type Tensor, tensor } from '@im2grade/tensor';
import {
  assertProperty,
  assertSizes,
  type CaseData,
  exactly,
  explainByMistake,
  type ImageSizes,
  LARGE_IMAGES,
  nchw,
  ordinaryData,
  PLAIN_IMAGES,
  pooledImages,
  type Subject,
  workShowsIn,
} from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import { AXES, type Context, expectDefinition, expectOfHuge, expectZOf } from './expectZ.ts';

workShowsIn(
  PLAIN_IMAGES.flatMap(({ N, C, H, W }) => {
    const a = tensor([N, C, H, W], new Float64Array(N * C * H * W));
    return [calls.pool2d('scalar', a), calls.pool2d('vector', a)];
  }),
);

/** Coarse numbers, so that several in a window are the same. */
const withTies = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values, (v) => Math.round(2 * v) / 2 + 0);

async function expectPooled(
  submission: Subject,
  form: Form,
  s: ImageSizes,
  values: Tensor['data'],
  data: CaseData,
): Promise<void> {
  const a = tensor([s.N, s.C, s.H, s.W], values);
  const expected = nchw.pool2d(s, values);
  await expectZOf(submission, data, {
    call: calls.pool2d(form, a),
    law: 'z[n][c][m][l] is the largest of a[n][c][2m … 2m + 1][2l … 2l + 1]',
    axes: AXES.pooled,
    expected: exactly(expected),
    geometry: { ...s },
    inputs: [{ name: 'a', axes: AXES.a, value: a }],
    explain: explainByMistake(expected, {
      'the maximum begins at 0: begin it with one of the four': (value) => Math.max(0, value),
    }),
  });
}

/** All kinds; all below zero, so that a maximum that begins at zero shows; and with equal ones. */
async function expectPooledOfAllKinds(submission: Subject, form: Form, s: ImageSizes, data: CaseData): Promise<void> {
  const values = data.real(s.N * s.C * s.H * s.W);
  const below = values.map((value) => -Math.abs(value));
  for (const kind of [values, below, withTies(values)]) await expectPooled(submission, form, s, kind, data);
}

export const pool2d = (form: Form): Record<'definition' | 'odd', (context: Context) => Promise<void>> => ({
  async definition({ submission, seed }) {
    await expectDefinition({ submission, seed }, pooledImages(), [], (s, data) =>
      expectPooledOfAllKinds(submission, form, s, data),
    );
    await expectOfHuge(seed, pooledImages(), (s, scaled, data) =>
      expectPooled(submission, form, s, scaled(data.real(s.N * s.C * s.H * s.W)), data),
    );
  },
  async odd({ submission, seed }) {
    const expect = (s: ImageSizes, data: CaseData) => expectPooledOfAllKinds(submission, form, s, data);
    await assertProperty(seed, pooledImages({ odd: true }), (s) => expect(s, ordinaryData(seed, s)));
    await assertSizes(seed, LARGE_IMAGES, expect);
  },
});
