import { credit, criterion, examination, judgeCurves } from '@im2grade/kit';
import { judgeAccuracies, judgeAccuracy } from './accuracies.ts';
import { modelOf, normalisationOf } from './handedIn.ts';
import { judgeTable } from './ownNets/judgeTable.ts';
import { requireDifferent } from './ownNets/requireDifferent.ts';

const BOTH = ['first', 'second'] as const;
type Context = Parameters<Parameters<typeof criterion>[1]>[0];

const reaches =
  (name: (typeof BOTH)[number]) =>
  ({ submission, seed, criterion: { settings } }: Context) =>
    judgeAccuracy(modelOf(submission, name), normalisationOf(name), seed, {
      least: settings['least'],
      isOnAll: settings['all'] === 1,
    });

criterion('own-nets.first', reaches('first'), { settings: ['least', 'all'] });
criterion('own-nets.second', reaches('second'), { settings: ['least', 'all'] });

criterion('own-nets.differ', async ({ submission }) =>
  requireDifferent(modelOf(submission, 'first'), modelOf(submission, 'second')),
);

/** The verdicts on both models, each for half. */
async function half(judge: (name: (typeof BOTH)[number]) => Promise<ReturnType<typeof credit>>) {
  const [first, second] = [await judge('first'), await judge('second')];
  const reason = [first, second].map((each) => each.reason).filter(Boolean);
  return credit((first.credit + second.credit) / 2, reason.join('; '), [...first.evidence, ...second.evidence]);
}

criterion('own-nets.tables', ({ submission }) =>
  half(async (name) => judgeTable(name, await modelOf(submission, name).structure())),
);

criterion(
  'own-nets.epochs',
  ({ criterion: { settings } }) =>
    half((name) =>
      Promise.resolve(
        judgeCurves(examination().sources(), `curves/${name}.csv`, {
          model: name,
          curves: ['train_loss', 'validation_loss', 'validation_accuracy'],
          mostEpochs: settings['most'],
        }),
      ),
    ),
  { settings: ['most'] },
);

criterion(
  'own-nets.results',
  ({ submission, seed, criterion: { settings } }) =>
    half((name) =>
      judgeAccuracies(modelOf(submission, name), normalisationOf(name), seed, {
        path: `${name}.results`,
        within: settings['within'],
        names: { training: 'training_accuracy', validation: 'validation_accuracy', test: 'test_accuracy' },
      }),
    ),
  { settings: ['within'] },
);
