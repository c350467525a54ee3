import { criterion } from '@im2grade/kit';
import { conv2d, convWeight2rows, fcLayer, im2col, inputsUntouched, pool2d, relu, reshape } from './laws.ts';

criterion('im2col.definition', im2col());
criterion('im2col.channels', im2col({ channels: true }));
criterion('im2col.batch', im2col({ batch: true }), { seeded: true });
criterion('im2col.non-square', im2col({ nonSquare: true }), { seeded: true });
criterion('conv-weight2rows.definition', convWeight2rows);
criterion('conv2d-vector.definition', conv2d('vector'));
criterion('conv2d-vector.channels', conv2d('vector', { channels: true }));
criterion('conv2d-vector.batch', conv2d('vector', { batch: true }), { seeded: true });
criterion('conv2d-vector.non-square', conv2d('vector', { nonSquare: true }), { seeded: true });
criterion('pool2d-vector.definition', pool2d('vector'));
criterion('pool2d-vector.odd', pool2d('vector', { odd: true }), { seeded: true });
criterion('fc-layer-vector.definition', fcLayer('vector'));
criterion('relu-vector.definition', relu('vector'));
criterion('reshape-vector.definition', reshape('vector'));
criterion('vector.input-untouched', (context) => inputsUntouched(context, 'vector'), { seeded: true });
