import { PLAN } from '@im2grade/simple-conv-net/src/training.ts';
import { type Classification, credit, criterion, CriterionFailure, examination } from '@im2grade/kit';
import { calls } from './calls.ts';
import { trustedAnswers } from './trustedAnswers.ts';

const CLASSES = 10;
const EPOCHS = 1;

/** The trusted side's verdict on parameters, by digits that the submission never saw. */
function classify(parameters: Float64Array, required: number): Classification {
  if (!parameters.every(Number.isFinite))
    throw new CriterionFailure('training returned parameters that are not finite');
  const digits = examination().digits().hiddenTest;
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  trustedAnswers(parameters, digits).forEach((answer, i) => confusion[digits.labels[i]][answer]++);
  const correct = confusion.reduce((sum, row, label) => sum + row[label], 0);
  const accuracy = correct / digits.count;
  return {
    type: 'classification',
    network: 'SimpleConvNet',
    digits: digits.count,
    correct,
    accuracy,
    required,
    confusion,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

criterion(
  'accuracy.trained',
  async ({ submission, criterion: { settings } }) => {
    const { from, to, seconds } = settings;
    const { images, labels } = examination().digits().train;
    const call = calls.train('vector', { ...PLAN, epochs: EPOCHS }, { images, labels }, seconds);
    const [parameters] = (await submission.call(call)).outputs;
    const seen = classify(Float64Array.from(parameters), to);
    const reason = `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised; ${percent(to)} earns all`;
    return credit((seen.accuracy - from) / (to - from), reason, [seen]);
  },
  { settings: ['from', 'to', 'seconds'] },
);
