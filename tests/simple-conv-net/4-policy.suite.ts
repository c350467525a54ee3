import { type AskedForm, criterion, examination, judgeForm, scalarForm, vectorForm } from '@im2grade/kit';

const TENSOR = '@im2grade/tensor';
const NN = '@im2grade/nn';

/** Functions that make or name a tensor, and compute nothing. */
const scalar = scalarForm({ [TENSOR]: ['zeros', 'tensor', 'offset', 'sizeOf'], [NN]: ['realOf'] });
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

criterion('scalar.loops', () =>
  judge(
    form('conv2d', 'conv2dScalar', scalar),
    form('pool2d', 'pool2dScalar', scalar),
    form('relu', 'reluScalar', scalar),
    form('reshape', 'reshapeScalar', scalar),
    form('fcLayer', 'fcLayerScalar', scalar),
  ),
);

criterion('conv2d-vector.matrix', () =>
  judge(
    form('conv2d', 'conv2dVector', products),
    form('im2col', 'im2col', noLoops),
    form('im2col', 'convWeight2rows', noLoops),
  ),
);

criterion('pool2d-vector.matrix', () => judge(form('pool2d', 'pool2dVector', operations)));

criterion('vector.matrix', () =>
  judge(
    form('fcLayer', 'fcLayerVector', products),
    form('relu', 'reluVector', operations),
    form('reshape', 'reshapeVector', noLoops),
  ),
);
