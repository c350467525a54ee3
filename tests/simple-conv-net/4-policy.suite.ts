import { sizeOf, tensor } from '@im2grade/tensor';
import {
  type AskedForm,
  type Call,
  criterion,
  type CriterionContext,
  examination,
  isSubmissionFault,
  judgeForm,
  randomData,
  scalarForm,
  vectorForm,
} from '@im2grade/kit';
import { calls } from './calls.ts';

const TENSOR = '@im2grade/tensor';
const NN = '@im2grade/nn';

/** Functions that make or name a tensor, and compute nothing. */
const PLAIN = { [TENSOR]: ['zeros', 'tensor', 'offset', 'sizeOf'], [NN]: ['realOf'] };
const scalar = scalarForm(PLAIN);
const copy = scalarForm(PLAIN, { copies: true });
const products = vectorForm({ [TENSOR]: ['matmul'], [NN]: ['gemm'] });
const operations = vectorForm({ [TENSOR]: ['maximum', 'slice', 'stack', 'assign', 'matmul', 'addRow', 'addColumn'] });
/** Another order or shape of the same numbers needs no operation: copies of whole rows are enough. */
const noLoops = vectorForm();

const form = (file: string, name: string, rule: AskedForm['rule']): AskedForm => ({
  file: `src/${file}.ts`,
  name,
  rule,
});
const judge = (...asked: AskedForm[]) => Promise.resolve(judgeForm(examination().sources(), asked));

type Run = Pick<CriterionContext, 'submission' | 'seed'>;

/**
 * The same with a run: loops over operations on single elements look like loops over rows. Rows here have so many
 * elements that a function which works on whole ones needs far fewer operations than there are elements.
 */
async function inRun({ submission }: Run, asked: AskedForm, call: Call): Promise<AskedForm> {
  const counted: Call = {
    ...call,
    options: { ...(call.options as object), isCounted: true },
    outputs: [...call.outputs, { dtype: 'int32', length: 1 }],
  };
  try {
    const [result, [operations]] = (await submission.call(counted)).outputs;
    if (operations < result.length) return asked;
    return { ...asked, wrongInRun: `needs ${operations} operations for ${result.length} elements` };
  } catch (error) {
    // That it does not run is charged elsewhere.
    if (!isSubmissionFault(error)) throw error;
    return asked;
  }
}

criterion('scalar.loops', () =>
  judge(
    form('conv2d', 'conv2dScalar', scalar),
    form('pool2d', 'pool2dScalar', scalar),
    form('relu', 'reluScalar', scalar),
    form('reshape', 'reshapeScalar', copy),
    form('fcLayer', 'fcLayerScalar', scalar),
  ),
);

const tensorsBy =
  ({ seed }: Run) =>
  (name: string, ...shape: number[]) =>
    tensor(shape, randomData(seed, name).real(sizeOf(shape)));

criterion('conv2d-vector.matrix', async (run) => {
  const real = tensorsBy(run);
  const [x, weight, bias] = [real('x', 2, 2, 14, 42), real('weight', 12, 2, 3, 3), real('bias', 12)];
  return judge(
    await inRun(run, form('conv2d', 'conv2dVector', products), calls.conv2d('vector', x, weight, bias)),
    await inRun(run, form('im2col', 'im2col', noLoops), calls.im2col(x, 3)),
    await inRun(run, form('im2col', 'convWeight2rows', noLoops), calls.convWeight2rows(real('rows', 3, 2, 9, 9))),
  );
});

criterion('pool2d-vector.matrix', async (run) => {
  const call = calls.pool2d('vector', tensorsBy(run)('a', 2, 3, 12, 40));
  return judge(await inRun(run, form('pool2d', 'pool2dVector', operations), call));
});

criterion('vector.matrix', async (run) => {
  const real = tensorsBy(run);
  const matrix = real('a', 8, 40);
  const fc = calls.fcLayer('vector', matrix, real('weight', 30, 40), real('bias', 30));
  return judge(
    await inRun(run, form('fcLayer', 'fcLayerVector', products), fc),
    await inRun(run, form('relu', 'reluVector', operations), calls.relu('vector', matrix)),
    await inRun(run, form('reshape', 'reshapeVector', noLoops), calls.reshape('vector', real('maps', 4, 3, 5, 8))),
  );
});
