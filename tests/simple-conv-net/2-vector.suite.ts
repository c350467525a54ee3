import { criterion } from '@im2grade/kit';
import { conv2d, convWeight2rows, fcLayer, im2col, inputsUntouched, pool2d, relu, reshape } from './laws.ts';

criterion('im2col.definition', im2col.definition);
criterion('im2col.channels', im2col.channels);
criterion('im2col.batch', im2col.batch, { seeded: true });
criterion('im2col.non-square', im2col.nonSquare, { seeded: true });
criterion('conv-weight2rows.definition', convWeight2rows);
criterion('conv2d-vector.definition', conv2d('vector').definition);
criterion('conv2d-vector.channels', conv2d('vector').channels);
criterion('conv2d-vector.batch', conv2d('vector').batch, { seeded: true });
criterion('conv2d-vector.non-square', conv2d('vector').nonSquare, { seeded: true });
criterion('pool2d-vector.definition', pool2d('vector').definition);
criterion('pool2d-vector.odd', pool2d('vector').odd, { seeded: true });
criterion('fc-layer-vector.definition', fcLayer('vector'));
criterion('relu-vector.definition', relu('vector'));
criterion('reshape-vector.definition', reshape('vector'));
criterion('vector.input-untouched', (context) => inputsUntouched(context, 'vector'), { seeded: true });
