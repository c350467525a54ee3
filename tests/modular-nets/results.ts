import { MNIST16 } from '@im2grade/data/mnist16';
import { USPS } from '@im2grade/data/SmallDigits';
import {
  type AskedCells,
  type CriterionContext,
  CriterionFailure,
  dataSet,
  either,
  examination,
  inconclusive,
  judgeAnswers,
  near,
} from '@im2grade/kit';
import { readCheckpoint } from './checkpoint.ts';
import { models } from './models.ts';
import { type Figures, trustedEvaluation } from './trustedEvaluation.ts';

const SETS = ['train', 'validation', 'test'] as const;
type Six = Record<(typeof SETS)[number], Figures>;

/** Two decimals are enough; the accuracy as a share or in per cent. */
const cellsOf = (six: Six, within: number): AskedCells =>
  Object.fromEntries(
    SETS.map((set) => {
      const { crossEntropy, accuracy } = six[set];
      const cells = {
        cross_entropy: near(crossEntropy, within),
        accuracy: either(near(accuracy, within), near(100 * accuracy, 100 * within)),
      };
      return [set, cells];
    }),
  );

const NOTHING: Six = {
  train: { crossEntropy: NaN, accuracy: NaN },
  validation: { crossEntropy: NaN, accuracy: NaN },
  test: { crossEntropy: NaN, accuracy: NaN },
};

/**
 * Judges a row of the table of results: its six numbers must be those that an evaluation of the checkpoint gives here.
 *
 * @param name - of the model, in the answers
 * @param file - of its checkpoint
 */
export function judgeResults(
  name: keyof typeof models,
  file: string,
  { settings }: Pick<CriterionContext['criterion'], 'settings'>,
) {
  const sources = examination().sources();
  const judge = (six: Six) =>
    judgeAnswers(sources, 'answers.yaml', { results: { [name]: cellsOf(six, settings['within']) } });
  const path = `checkpoints/${file}.safetensors`;
  // Throws if nothing is filled in: then nothing was attempted, whatever has been trained.
  judge(NOTHING);
  if (!Object.hasOwn(sources, path))
    throw new CriterionFailure(`no readable ${path} was handed in: the numbers are compared with what it gives`);
  const { parameters, digits: trainedOn } = readCheckpoint(path, sources[path], models[name]);
  if (trainedOn === USPS)
    return inconclusive(`${path} was trained on ${USPS}; only the digits of ${MNIST16} are available here`);
  // The course's programs write one of the two, and nobody else's word turns lost points into pending ones.
  if (trainedOn !== undefined && trainedOn !== MNIST16)
    throw new CriterionFailure(
      `${path} names digits that the course does not have, ${JSON.stringify(trainedOn.slice(0, 60))}; train on ${MNIST16} or ${USPS}`,
    );
  const sets = dataSet('mnist16');
  const evaluate = (set: (typeof SETS)[number]) => trustedEvaluation(models[name], parameters, sets[set]);
  const six = { train: evaluate('train'), validation: evaluate('validation'), test: evaluate('test') };
  const { accuracy } = six.validation;
  if (!(accuracy >= settings['least']))
    throw new CriterionFailure(
      `${path} recognises ${percent(accuracy)} of the validation digits; a trained network recognises ${percent(settings['least'])}`,
    );
  return judge(six);
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
