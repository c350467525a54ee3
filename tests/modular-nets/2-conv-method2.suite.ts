import { criterion } from '@im2grade/kit';
import { down, downPadding, mean, up, upPadding } from './convolution.ts';
import { convolutionUntouched } from './untouched.ts';

criterion('conv-method2-up.definition', up);
criterion('conv-method2-up.padding', upPadding);
criterion('conv-method2-down.inputs', down('inputs'));
criterion('conv-method2-down.weights', down('weights'));
criterion('conv-method2-down.bias', down('bias'));
criterion('conv-method2-down.padding', downPadding);
criterion('conv-method2-down.mean', mean, { seeded: true });
criterion('conv-method2.input-untouched', convolutionUntouched, { seeded: true });
