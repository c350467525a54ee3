import { criterion } from '@im2grade/kit';
import { down, mean, up } from './fullyConnected.ts';
import { fullyConnectedUntouched } from './untouched.ts';

criterion('fully-connected-up.definition', up);
criterion('fully-connected-down.inputs', down('inputs'));
criterion('fully-connected-down.weights', down('weights'));
criterion('fully-connected-down.bias', down('bias'));
criterion('fully-connected-down.mean', mean, { seeded: true });
criterion('fully-connected.input-untouched', fullyConnectedUntouched, { seeded: true });
