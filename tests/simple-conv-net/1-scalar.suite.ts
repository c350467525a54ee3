import { criterion } from '@im2grade/kit';
import { conv2d } from './laws/convolutionLaws.ts';
import { inputsUntouched } from './laws/inputsUntouched.ts';
import { fcLayer, relu, reshape } from './laws/layerLaws.ts';
import { pool2d } from './laws/poolingLaws.ts';

criterion('conv2d-scalar.definition', conv2d('scalar').definition);
criterion('conv2d-scalar.channels', conv2d('scalar').channels);
criterion('conv2d-scalar.batch', conv2d('scalar').batch, { seeded: true });
criterion('conv2d-scalar.non-square', conv2d('scalar').nonSquare, { seeded: true });
criterion('pool2d-scalar.definition', pool2d('scalar').definition);
criterion('pool2d-scalar.odd', pool2d('scalar').odd, { seeded: true });
criterion('relu-scalar.definition', relu('scalar'));
criterion('reshape-scalar.definition', reshape('scalar'));
criterion('fc-layer-scalar.definition', fcLayer('scalar'));
criterion('scalar.input-untouched', (context) => inputsUntouched(context, 'scalar'), { seeded: true });
