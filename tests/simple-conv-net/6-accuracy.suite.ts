import { PLAN } from '@im2grade/simple-conv-net/src/training.ts';
import {
  type Classification,
  credit,
  criterion,
  CriterionFailure,
  dataSet,
  type Subject,
  NO_ANSWER,
} from '@im2grade/kit';
import { calls } from './calls.ts';
import { trustedAnswers } from './trustedAnswers.ts';

const CLASSES = 10;
const EPOCHS = 1;

/**
 * The share of hidden digits for which the submission's network must give the same answer as the reference's, which was
 * trained in the same way.
 *
 * Right trainings answered 100.0 % alike: on WebAssembly, TypeScript and OpenBLAS, with sums in another order, and from
 * initial parameters that were changed by a millionth.
 */
const ALIKE = 0.98;

/**
 * The result of an implementation's training: the answers of its network for digits that no submission ever saw.
 *
 * @throws CriterionFailure if its parameters, or the outputs for a digit, are not numbers
 */
async function answersAfterTraining(implementation: Subject, seconds: number): Promise<Uint8Array> {
  const call = calls.train('vector', { ...PLAN, epochs: EPOCHS }, dataSet('mnist').train, seconds);
  const [parameters] = (await implementation.call(call)).outputs;
  const flat = Float64Array.from(parameters);
  if (!flat.every(Number.isFinite))
    throw new CriterionFailure('training ends with parameters that are not finite: it has diverged');
  const { hiddenTest } = dataSet('mnist');
  const answers = trustedAnswers(flat, hiddenTest);
  const silent = answers.filter((answer) => answer === NO_ANSWER).length;
  if (silent > 0)
    throw new CriterionFailure(
      `after training the network's outputs for ${silent} of ${hiddenTest.count} hidden digits are not numbers: it has diverged`,
    );
  return answers;
}

function classified(answers: Uint8Array, required: number): Classification {
  const { labels, count } = dataSet('mnist').hiddenTest;
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  answers.forEach((answer, i) => confusion[labels[i]][answer]++);
  const correct = confusion.reduce((sum, row, label) => sum + row[label], 0);
  return {
    type: 'classification',
    network: 'SimpleConvNet',
    digits: count,
    correct,
    accuracy: correct / count,
    required,
    confusion,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/**
 * The answers of the network that the reference trained count, and only if the submission's training reached the same
 * network: parameters that were made in another way earn nothing.
 */
criterion(
  'accuracy.trained',
  async ({ submission, reference, criterion: { settings } }) => {
    const { from, to, seconds } = settings;
    const given = await answersAfterTraining(submission, seconds);
    const answers = await answersAfterTraining(reference, seconds);
    const alike = answers.filter((answer, i) => answer === given[i]).length / answers.length;
    if (!(alike >= ALIKE))
      throw new CriterionFailure(
        "training does not end where the reference's ends, with the same digits in the same order " +
          `(${percent(alike)} of hidden digits answered alike, ${percent(ALIKE)} required)`,
      );
    const seen = classified(answers, to);
    const reason = `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised; ${percent(to)} earns full credit`;
    return credit((seen.accuracy - from) / (to - from), reason, [seen]);
  },
  { settings: ['from', 'to', 'seconds'] },
);
