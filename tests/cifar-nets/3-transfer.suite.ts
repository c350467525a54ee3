import { criterion } from '@im2grade/kit';
import { judgeFrozen, requireTrained } from './transfer/judgeTensors.ts';
import { confirmedPredictions, requireRecognised } from './transfer/predictions.ts';

criterion('transfer.frozen', ({ submission }) => judgeFrozen(submission));
criterion('transfer.trained', ({ submission }) => requireTrained(submission));

const sampling = ({ sample, ties }: Readonly<Record<string, number>>) => ({ sample, ties });

criterion(
  'transfer.predictions',
  async ({ submission, seed, criterion: { settings } }) =>
    void (await confirmedPredictions(submission, seed, sampling(settings))),
  { settings: ['sample', 'ties'] },
);

criterion(
  'transfer.accuracy',
  async ({ submission, seed, criterion: { settings } }) =>
    requireRecognised(await confirmedPredictions(submission, seed, sampling(settings)), settings['least']),
  { settings: ['sample', 'ties', 'least'] },
);
