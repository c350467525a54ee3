import { criterion } from '@im2grade/kit';
import { conv2d, fcLayer, inputsUntouched, pool2d, relu, reshape } from './laws.ts';

criterion('conv2d-scalar.definition', conv2d('scalar'));
criterion('conv2d-scalar.channels', conv2d('scalar', { channels: true }));
criterion('conv2d-scalar.batch', conv2d('scalar', { batch: true }), { seeded: true });
criterion('conv2d-scalar.non-square', conv2d('scalar', { nonSquare: true }), { seeded: true });
criterion('pool2d-scalar.definition', pool2d('scalar'));
criterion('pool2d-scalar.odd', pool2d('scalar', { odd: true }), { seeded: true });
criterion('relu-scalar.definition', relu('scalar'));
criterion('reshape-scalar.definition', reshape('scalar'));
criterion('fc-layer-scalar.definition', fcLayer('scalar'));
criterion('scalar.input-untouched', (context) => inputsUntouched(context, 'scalar'), { seeded: true });
