import { criterion, examination, follows, judgeAnswers, judgeCurves } from '@im2grade/kit';
import { judgeAccuracies, judgeAccuracy } from './accuracies.ts';
import { ANSWERS, modelOf, normalisationOf } from './handedIn.ts';
import { judgeTable1 } from './lenet/table1.ts';

criterion('lenet.layers', async ({ submission }) => judgeTable1(await modelOf(submission, 'lenet').structure()));

criterion(
  'lenet.trained',
  async ({ submission, seed, criterion: { settings } }) =>
    judgeAccuracy(modelOf(submission, 'lenet'), normalisationOf('lenet'), seed, { least: settings['least'] }),
  { settings: ['least'] },
);

criterion(
  'lenet.accuracies',
  async ({ submission, seed, criterion: { settings } }) =>
    judgeAccuracies(modelOf(submission, 'lenet'), normalisationOf('lenet'), seed, {
      path: 'lenet.accuracy',
      within: settings['within'],
      names: { training: 'training', validation: 'validation', test: 'test' },
    }),
  { settings: ['within'] },
);

criterion('lenet.curves', () =>
  Promise.resolve(
    judgeCurves(examination().sources(), 'curves/lenet.csv', {
      model: 'Table 1',
      curves: ['train_loss', 'validation_loss', 'test_loss'],
    }),
  ),
);

const LAYERS = { conv_1: 2432, conv_2: 51_264, conv_3: 204_928, dense_1: 131_136, dense_2: 650 };
const TOTAL = 390_410;

criterion('lenet.parameters', () =>
  Promise.resolve(
    judgeAnswers(examination().sources(), ANSWERS, {
      lenet: {
        parameters: {
          ...LAYERS,
          total: follows(
            TOTAL,
            Object.keys(LAYERS).map((name) => `lenet.parameters.${name}`),
            (...cells) => cells.reduce((sum, [own]) => sum + own, 0),
          ),
        },
      },
    }),
  ),
);
