import { type NetworkDescription, parameterCount, type TrainingPlan } from '@im2grade/nn';
import { baseline, DIGIT } from '@im2grade/conv2d-gemm/src/baseline.ts';
import {
  answersTrusted,
  type Classification,
  credit,
  criterion,
  type CriterionContext,
  CriterionFailure,
  type Examinee,
  examination,
  firstLayer,
  type LabelledImages,
  type LearningCurves,
  publicDigits,
  type Trained,
  trainTrusted,
} from '@im2grade/kit';
import { calls } from './calls.ts';
import { readPlan } from './planSchema.ts';

const CLASSES = 10;

/** Each training is done once, whatever number of criteria look at it. */
const trainings = new Map<string, Promise<Trained>>();

function once(key: unknown, work: () => Promise<Trained>): Promise<Trained> {
  const name = JSON.stringify(key);
  const training = trainings.get(name) ?? work();
  trainings.set(name, training);
  return training;
}

const trainSubmission = (submission: Examinee, plan: TrainingPlan, deadlineSeconds: number): Promise<Trained> =>
  once([submission.party, plan], async () => {
    const { images, labels } = examination().digits().train;
    const call = calls.train(plan, DIGIT, images, labels, parameterCount(plan.description, DIGIT), deadlineSeconds);
    const { outputs, seconds } = await submission.call({ ...call, isTimed: true });
    const [parameters, curve] = outputs as Float64Array[];
    return { parameters, curve, seconds };
  });

/** The yardstick: the baseline, trained on this side by the library's own convolution. */
const trainYardstick = (): Promise<Trained> =>
  once('yardstick', async () => {
    const { images, labels } = examination().digits().train;
    return trainTrusted(baseline(), DIGIT, images, labels);
  });

/** A deadline for training that knows this machine: a multiple of what the yardstick takes for the baseline. */
interface SecondsBudget {
  readonly secondsRatio: number;
  readonly secondsAtLeast: number;
}

const MOST_SECONDS = 120;

/** The baseline, trained by both. */
async function trainBaseline({
  submission,
  criterion: { settings },
}: CriterionContext): Promise<{ own: Trained; theirs: Trained }> {
  const theirs = await trainYardstick();
  const own = await trainSubmission(submission, baseline(), MOST_SECONDS);
  requireWithin(settings as unknown as SecondsBudget, theirs, own);
  return { own, theirs };
}

function requireWithin({ secondsRatio, secondsAtLeast }: SecondsBudget, theirs: Trained, own: Trained): void {
  const budget = Math.max(secondsAtLeast, secondsRatio * theirs.seconds);
  if (own.seconds <= budget) return;
  throw new CriterionFailure(
    `training took ${own.seconds.toFixed(0)} s; the budget is ${budget.toFixed(0)} s, as the library trains the baseline in ${theirs.seconds.toFixed(1)} s`,
  );
}

/** The trusted side's verdict on parameters: the library's own network classifies digits that the submission never saw. */
function classify(
  network: string,
  description: NetworkDescription,
  parameters: Float64Array,
  required: number,
): Classification {
  const { images, labels, count }: LabelledImages = examination().digits().hiddenTest;
  if (!parameters.every(Number.isFinite))
    throw new CriterionFailure(`${network}: training returned parameters that are not finite`);
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  answersTrusted(description, DIGIT, parameters, images).forEach((answer, i) => confusion[labels[i]][answer]++);
  const correct = confusion.reduce((sum, row, label) => sum + row[label], 0);
  return { type: 'classification', network, digits: count, correct, accuracy: correct / count, required, confusion };
}

/** The same with what a person wants to see of a network: public digits that it misreads, and its first layer at work. */
function illustrated(seen: Classification, description: NetworkDescription, parameters: Float64Array): Classification {
  const { validation } = examination().digits();
  return {
    ...seen,
    publicDigits: publicDigits(description, DIGIT, parameters, validation),
    firstLayer: firstLayer(description, DIGIT, parameters, validation),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function curves(network: string, own: Trained, theirs: Trained): LearningCurves {
  const series = (name: string, { curve, seconds }: Trained) => ({
    name,
    crossEntropy: Array.from(curve.filter((_, i) => i % 2 === 0)),
    accuracy: Array.from(curve.filter((_, i) => i % 2 === 1)),
    seconds,
  });
  return { type: 'learning-curves', network, series: [series('submission', own), series('reference', theirs)] };
}

criterion('accuracy.curve', async (context) => {
  const { tolerance } = context.criterion.settings;
  const { own, theirs } = await trainBaseline(context);
  const evidence = [curves('baseline', own, theirs)];
  const off = own.curve.findIndex((value, i) => !(Math.abs(value - theirs.curve[i]) <= tolerance));
  if (off < 0) return credit(1, '', evidence);
  const what = off % 2 === 0 ? 'cross-entropy' : 'accuracy';
  throw new CriterionFailure(
    `${what} after epoch ${Math.floor(off / 2) + 1} is ${own.curve[off].toFixed(4)}; with the same seed it must be ${theirs.curve[off].toFixed(4)}`,
    evidence,
  );
});

criterion('accuracy.baseline', async (context) => {
  const { required } = context.criterion.settings;
  const { own } = await trainBaseline(context);
  const { description } = baseline();
  const seen = classify('baseline', description, own.parameters, required);
  const reason = `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised; ${percent(required)} asked`;
  return credit(seen.accuracy >= required ? 1 : 0, reason, [illustrated(seen, description, own.parameters)]);
});

/** Question 3's network, trained by the submission and judged by the reference. */
async function tunedNetwork(
  context: CriterionContext,
  required: number,
): Promise<{ seen: Classification; description: NetworkDescription; parameters: Float64Array }> {
  const settings = context.criterion.settings as unknown as SecondsBudget & {
    maxEpochs: number;
    maxParameters: number;
  };
  const plan = readPlan((await context.submission.call(calls.tuned())).text, DIGIT, settings);
  const theirs = await trainYardstick();
  const own = await trainSubmission(
    context.submission,
    plan,
    Math.max(settings.secondsAtLeast, settings.secondsRatio * theirs.seconds),
  );
  const { description } = plan;
  const { parameters } = own;
  return { seen: classify('question 3', description, parameters, required), description, parameters };
}

criterion('accuracy.tuned', async (context) => {
  const theirs = await trainYardstick();
  const bar = classify('baseline', baseline().description, theirs.parameters, 0);
  const { seen, description, parameters } = await tunedNetwork(context, bar.accuracy);
  const reason = `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised; the baseline ${percent(bar.accuracy)}`;
  return credit(seen.correct > bar.correct ? 1 : 0, reason, [illustrated(seen, description, parameters)]);
});

criterion('accuracy.outstanding', async (context) => {
  const { from, to } = context.criterion.settings;
  const { seen } = await tunedNetwork(context, from);
  return credit(
    (seen.accuracy - from) / (to - from),
    `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised`,
    [seen],
  );
});
