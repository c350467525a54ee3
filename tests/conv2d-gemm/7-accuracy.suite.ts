import type { NetworkDescription, TrainingPlan } from '@im2grade/nn';
import { baseline, DIGIT } from '@im2grade/conv2d-gemm/src/baseline.ts';
import {
  answersTrusted,
  type Classification,
  credit,
  criterion,
  type CriterionContext,
  CriterionFailure,
  dataSet,
  type Subject,
  firstLayer,
  initialParameters,
  kept,
  type LabelledImages,
  type LearningCurves,
  NO_ANSWER,
  publicDigits,
  toNum,
  type Trained,
  trainTrusted,
} from '@im2grade/kit';
import { calls } from './calls.ts';
import { type PlanBudget, readPlan } from './planSchema.ts';

const CLASSES = 10;

/** Each training is done once, whatever number of criteria use it. */
const trainings = new Map<string, Promise<Trained>>();

function once(key: unknown, work: () => Promise<Trained>): Promise<Trained> {
  const name = JSON.stringify(key);
  const training = trainings.get(name) ?? work();
  trainings.set(name, training);
  return training;
}

/**
 * The submission's training. Its initial parameters are passed to it: what they become in its process is compared with
 * what they become here.
 */
const trainSubmission = (submission: Subject, plan: TrainingPlan, deadlineSeconds: number): Promise<Trained> =>
  once([submission.implementation, plan], async () => {
    const initial = initialParameters(plan.description, DIGIT, plan.seed);
    const call = calls.train(plan, DIGIT, dataSet('mnist').train, initial, deadlineSeconds);
    const { outputs, ownSeconds: seconds } = await submission.call({ ...call, isTimed: true });
    const [parameters, curve] = outputs as Float64Array[];
    return { parameters, curve, seconds };
  });

/** The same plan from the same parameters, by the library's own network on the trusted side. */
const trainHere = (plan: TrainingPlan, nudge = 0): Promise<Trained> =>
  once(['here', plan, nudge], async () => trainTrusted(plan, DIGIT, dataSet('mnist').train, { nudge }));

/** The plan of the baseline with an unpredictable seed: neither its parameters nor its curve can be prepared. */
const baselineOf = ({ seed }: CriterionContext): TrainingPlan => ({ ...baseline(), seed });

/**
 * A deadline for training that is adapted to this machine: a multiple of the time that the library needs for the
 * baseline.
 */
interface SecondsBudget {
  readonly secondsRatio: number;
  readonly secondsAtLeast: number;
}

const SECONDS_BUDGET = ['secondsRatio', 'secondsAtLeast'];
const PLAN_BUDGET = ['maxEpochs', 'maxParameters', 'maxMiB', 'maxGigaOperations'];

const MOST_SECONDS = 120;

/** The baseline, trained by both. */
async function trainBaseline(context: CriterionContext): Promise<{ own: Trained; theirs: Trained }> {
  const { submission, criterion: row } = context;
  const plan = baselineOf(context);
  const theirs = await trainHere(plan);
  const own = await trainSubmission(submission, plan, MOST_SECONDS);
  requireWithin(row.settings as unknown as SecondsBudget, theirs, own);
  return { own, theirs };
}

function requireWithin({ secondsRatio, secondsAtLeast }: SecondsBudget, theirs: Trained, own: Trained): void {
  const budget = Math.max(secondsAtLeast, secondsRatio * theirs.seconds);
  if (own.seconds <= budget) return;
  throw new CriterionFailure(
    `training took ${own.seconds.toFixed(0)} s; the budget is ${budget.toFixed(0)} s, as the library trains the baseline in ${theirs.seconds.toFixed(1)} s`,
  );
}

/**
 * The answers of the library's own network with these parameters for digits that the submission never saw.
 *
 * @param network - its name
 * @throws CriterionFailure if the parameters, or the outputs for a digit, are not numbers
 */
function answersOf(network: string, description: NetworkDescription, parameters: Float64Array): Uint8Array {
  const { images, count }: LabelledImages = dataSet('mnist').hiddenTest;
  if (!parameters.every(Number.isFinite))
    throw new CriterionFailure(`${network}: training ends with parameters that are not finite: it has diverged`);
  const answers = answersTrusted(description, DIGIT, parameters, images);
  const silent = answers.filter((answer) => answer === NO_ANSWER).length;
  if (silent > 0)
    throw new CriterionFailure(
      `${network}: after training the network's outputs for ${silent} of ${count} hidden digits are not numbers: it has diverged`,
    );
  return answers;
}

function classified(network: string, answers: Uint8Array, required: number): Classification {
  const { labels, count } = dataSet('mnist').hiddenTest;
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  answers.forEach((answer, i) => confusion[labels[i]][answer]++);
  const correct = confusion.reduce((sum, row, label) => sum + row[label], 0);
  return { type: 'classification', network, digits: count, correct, accuracy: correct / count, required, confusion };
}

/**
 * The share of hidden digits for which the submission's network must give the same answer as the network that was
 * trained here.
 *
 * Measured over plans, seeds and arithmetics (reference on WebAssembly, TypeScript and OpenBLAS; plain loops; sums in
 * another order), right trainings of the baseline, of the reference's plan and of plans with three times its rate
 * answer 100.00 % of the digits alike: their parameters differ by 1e-15 to 1e-8. See `leastAlike` for plans with which
 * they do not.
 */
const ALIKE = 0.98;

/**
 * The verdict on a training: the answers of the network that was trained here count, and only if the submission's
 * training reached the same network. So the same plan always earns the same, and parameters that were not made by this
 * training earn nothing.
 *
 * @throws CriterionFailure if the submission's training ends elsewhere
 */
async function classify(
  network: string,
  plan: TrainingPlan,
  { own, theirs }: { readonly own: Trained; readonly theirs: Trained },
  required: number,
): Promise<Classification> {
  const { description } = plan;
  const answers = answersOf(`${network}, trained by the library`, description, theirs.parameters);
  const alike = share(answers, answersOf(network, description, own.parameters));
  if (alike < ALIKE) {
    const asked = await leastAlike(plan, answers);
    if (alike < asked)
      throw new CriterionFailure(
        `${network}: training does not end where the library's training of the same plan ends ` +
          `(${percent(alike)} of hidden digits answered alike, ${percent(asked)} required)`,
      );
  }
  return classified(network, answers, required);
}

/** The share of digits that are answered alike. */
const share = (some: Uint8Array, others: Uint8Array): number =>
  some.filter((answer, i) => answer === others[i]).length / some.length;

/**
 * What can be required of a training with this plan. Plans with very large steps amplify rounding: with Adam at a rate
 * of 0.03, right trainings answer 84 to 100 % of the digits alike. The library's own answers 80 to 86 % alike if its
 * initial parameters are changed slightly; a submission's training may differ by twice as much as that.
 */
async function leastAlike(plan: TrainingPlan, answers: Uint8Array): Promise<number> {
  const { parameters } = await trainHere(plan, NUDGE);
  const nudged = answersTrusted(plan.description, DIGIT, parameters, dataSet('mnist').hiddenTest.images);
  return Math.min(ALIKE, 1 - 2 * (1 - share(answers, nudged)));
}

/** A thousand times the rounding of a sum: whatever rounding can change, this changes too. */
const NUDGE = 1e-12;

/**
 * The same with what a person wants to see of a network: public digits that it misreads, and its first layer at work.
 */
function illustrated(seen: Classification, description: NetworkDescription, parameters: Float64Array): Classification {
  const { validation } = dataSet('mnist');
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
    crossEntropy: Array.from(
      curve.filter((_, i) => i % 2 === 0),
      toNum,
    ),
    accuracy: Array.from(
      curve.filter((_, i) => i % 2 === 1),
      toNum,
    ),
    seconds,
  });
  return { type: 'learning-curves', network, series: [series('submission', own), series('reference', theirs)] };
}

criterion(
  'accuracy.curve',
  async (context) => {
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
  },
  { settings: ['tolerance', ...SECONDS_BUDGET] },
);

criterion(
  'accuracy.baseline',
  async (context) => {
    const { required } = context.criterion.settings;
    const both = await trainBaseline(context);
    const plan = baselineOf(context);
    const seen = await classify('baseline', plan, both, required);
    const reason = `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised; ${percent(required)} required`;
    return credit(seen.accuracy >= required ? 1 : 0, reason, [
      illustrated(seen, plan.description, both.theirs.parameters),
    ]);
  },
  { settings: ['required', ...SECONDS_BUDGET] },
);

/** The baseline with the seed of its plan, trained by the library: the same for every submission. */
const libraryBaseline = () =>
  kept('baseline', async () => {
    const { parameters, seconds } = await trainHere(baseline());
    const answers = answersOf('baseline', baseline().description, parameters);
    const { correct, accuracy } = classified('baseline', answers, 0);
    return { seconds, correct, accuracy };
  });

/** Question 3's network, trained by both. */
async function tunedNetwork(
  { submission, criterion: { settings } }: CriterionContext,
  required: number,
): Promise<{ seen: Classification; description: NetworkDescription; parameters: Float64Array }> {
  const budget = settings as unknown as SecondsBudget & PlanBudget;
  const work = { training: dataSet('mnist').train.count, answered: answeredDigits() };
  const plan = readPlan((await submission.call(calls.tuned())).text, DIGIT, budget, work);
  const { secondsAtLeast, secondsRatio } = budget;
  const { seconds } = await libraryBaseline();
  const own = await trainSubmission(submission, plan, Math.max(secondsAtLeast, secondsRatio * seconds));
  const theirs = await trainHere(plan);
  const seen = await classify('question 3', plan, { own, theirs }, required);
  return { seen, description: plan.description, parameters: theirs.parameters };
}

/** Digits that a network answers after its training. */
const answeredDigits = (): number => {
  const { validation, hiddenTest } = dataSet('mnist');
  return validation.count + 2 * hiddenTest.count;
};

criterion(
  'accuracy.tuned',
  async (context) => {
    const bar = await libraryBaseline();
    const { seen, description: own, parameters } = await tunedNetwork(context, bar.accuracy);
    const reason = `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised; the baseline ${percent(bar.accuracy)}`;
    return credit(seen.correct > bar.correct ? 1 : 0, reason, [illustrated(seen, own, parameters)]);
  },
  { settings: [...PLAN_BUDGET, ...SECONDS_BUDGET] },
);

criterion(
  'accuracy.outstanding',
  async (context) => {
    const { from, to } = context.criterion.settings;
    const { seen } = await tunedNetwork(context, from);
    return credit(
      (seen.accuracy - from) / (to - from),
      `${percent(seen.accuracy)} of ${seen.digits} hidden digits recognised`,
      [seen],
    );
  },
  { settings: ['from', 'to', ...PLAN_BUDGET, ...SECONDS_BUDGET] },
);
