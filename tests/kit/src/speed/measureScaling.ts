import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import { IN_THREE_LOOKS, interval } from '@im2grade/grader/common/interval.ts';
import { median } from '@im2grade/grader/common/median.ts';
import type { Subject } from '../Subject.ts';
import { examination } from '../examination.ts';
import { sampleTeam, type TeamKnown, type TeamOperation, type TeamSamples } from './sampleTeam.ts';
import { OWN_NOISE } from './measureSpeed.ts';
import { credit, inconclusive, notMeasurable, type Verdict } from '../verdicts.ts';

/** The share of the reference's speed-up that earns full credit. */
const FULL_CREDIT_SHARE = 0.9;
/** Below this the reference itself gains too little for a scale. */
const LEAST_SPEED_UP = 1.25;
/**
 * After as many processes, in three looks, the measurement ends if the interval of the credit is no wider. The first look
 * comes after two, because a whole process can be slow for no known reason.
 */
const LOOKS = [2, 3, 5];
const WIDEST = 0.3;
/** The range of fewer samples contains the median less often than in 1 − 0.05/3 of measurements. */
const LEAST_SAMPLES = 7;
/** One kind of result may take this many times as long as another before the limit on a gain is too low. */
const UNEVEN = 2;
/** Larger teams gain less with each member, and cost a process more memory. */
const LARGEST_TEAM = 8;

/**
 * Compares the speed-up of a team with the reference's on the same machine: log-linear credit, none without a gain,
 * full credit from nine tenths of the reference's. Measured on two threads and, if there are more cores, on up to
 * eight.
 *
 * The speed-up is relative to the shorter of two times. The same team in turns, one member at a time, reveals a single
 * thread that is slow on purpose. A process that never runs a team, and cannot know that it is not timed for its speed,
 * reveals work that members do twice, or in vain. All three are measured next to each other, repeatedly, so that a
 * machine that gets slower or faster changes none of the ratios. A gain that may be none, because its interval contains
 * 1, earns nothing.
 *
 * Three times alone cannot show that one member does everything while the others, and a single thread, waste time. So it is
 * recorded who writes the results, and a team gains no more than the division of its work allows.
 *
 * A speed-up means something only while the other cores are free: the measurement waits for them, and discards
 * disturbed samples.
 *
 * @throws CriterionFailure if a timed result is wrong and was not known to be
 *
 * @example
 * ```ts
 * return measureScaling(submission, {
 *   operation: 'relu',
 *   geometry: { length: 4096 },
 *   freshCall: (repetition) => ({
 *     name: 'relu',
 *     options: {},
 *     inputs: [freshArrays('relu', repetition).real(4096)],
 *     outputs: [{ dtype: 'float64', length: 4096 }],
 *   }),
 *   isRight: (_call, got, expected) => got.outputs[0].every((y, i) => y === expected.outputs[0][i]),
 *   fullCreditRatio: 1.25,
 * });
 * ```
 */
export async function measureScaling(submission: Subject, timed: TeamOperation): Promise<Verdict> {
  const { cores } = examination().machine;
  if (cores < 2) return notMeasurable('this machine has one core: a team is no faster than one thread');
  const teams = cores > 2 ? [2, Math.min(cores, LARGEST_TEAM)] : [2];
  return examination().timing('all', async () => {
    const evidence: Scaling[] = [];
    for (const team of teams) {
      const measured = await measureTeam(submission, timed, team);
      if (measured === undefined)
        return inconclusive(`the other cores are busy: ${team} threads were never undisturbed`, evidence);
      evidence.push(measured);
      const { reference } = measured.speedUp;
      const own = countedOf(measured);
      if (isDoneByOne(measured)) continue;
      if (reference.median < LEAST_SPEED_UP)
        return inconclusive(
          `the reference itself gains only ${times(reference.median)} on ${team} threads here`,
          evidence,
        );
      if (isGain(own) && isNoisy(measured) && !isOwnNoise(measured.speedUp))
        return inconclusive(`the measurement is too noisy: ${times(own.low)} to ${times(own.high)}`, evidence);
    }
    const share = evidence.reduce((sum, one) => sum + one.credit, 0) / evidence.length;
    return credit(share, evidence.map(reasonOf).join('; '), evidence);
  });
}

const times = (factor: number): string => `${factor.toFixed(2)} times`;

/** Of a speed-up, or of one end of its interval. */
function creditOf(own: number, reference: number): number {
  const share = Math.log(own) / Math.log(FULL_CREDIT_SHARE * reference);
  // 0/0 if the scale has no width.
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}

type SpeedUp = Scaling['speedUp']['submission'];

const isGain = ({ low }: SpeedUp): boolean => low > 1;

const isNoisy = (scaling: Pick<Scaling, 'speedUp' | 'work'>): boolean => {
  const [{ low, high }, { median }] = [countedOf(scaling), scaling.speedUp.reference];
  return creditOf(high, median) - creditOf(low, median) > WIDEST;
};

/** Noise of the machine would show in the reference's times as well. */
const isOwnNoise = ({ submission, reference }: Scaling['speedUp']): boolean =>
  Math.log(submission.high / submission.low) > OWN_NOISE * Math.log(reference.high / reference.low);

/** The submission's speed-up, as far as its members have divided the work. */
function countedOf({ speedUp: { submission }, work }: Pick<Scaling, 'speedUp' | 'work'>): SpeedUp {
  const most = work?.mostSpeedUp ?? Infinity;
  const [median, low, high] = [submission.median, submission.low, submission.high].map((one) => Math.min(one, most));
  return { ...submission, median, low, high };
}

function creditFor(scaling: Pick<Scaling, 'speedUp' | 'work'>): number {
  const [own, { reference }] = [countedOf(scaling), scaling.speedUp];
  if (!isGain(own)) return 0;
  // A submission that takes now more and now less time does not turn lost points into pending ones.
  const isDoubtful = isNoisy(scaling) && isOwnNoise(scaling.speedUp);
  return creditOf(isDoubtful ? own.low : own.median, reference.median);
}

function reasonOf({ team, speedUp: { submission, reference }, work }: Scaling): string {
  const gained = `${team} threads are ${times(submission.median)} as fast as one; the reference's ${times(reference.median)}`;
  if (!work || work.mostSpeedUp >= submission.median) return gained;
  const part = `${Math.round(100 * work.largestPart)} %`;
  return `${gained}; but one member alone writes ${part} of the results, which counts as ${times(work.mostSpeedUp)} at most`;
}

/** Whether there can be no gain, however fast the machine's other cores are. */
const isDoneByOne = ({ work }: Scaling): boolean => work?.mostSpeedUp === 1;

/** The work that others than the busiest member do saves no more time than `UNEVEN` times its part. */
function workOf(team: number, largestParts: readonly number[]): Scaling['work'] {
  if (largestParts.length === 0) return undefined;
  const largestPart = Math.max(...largestParts);
  const saved = Math.min(1 - 1 / team, UNEVEN * (1 - largestPart));
  return { largestPart, mostSpeedUp: 1 / (1 - saved) };
}

/** @returns undefined if other programs disturbed it throughout */
async function measureTeam(submission: Subject, timed: TeamOperation, team: number): Promise<Scaling | undefined> {
  const none = (): TeamSamples => ({ alone: [], inTurns: [], together: [] });
  const known: TeamKnown = { samples: { submission: none(), reference: none() }, largestParts: [] };
  let measured: Scaling | undefined;
  let sampled = 0;
  for (const processes of LOOKS) {
    for (; sampled < processes; sampled++) if (!(await sampleTeam(submission, timed, team, known))) return measured;
    if (Object.values(known.samples).some(({ together }) => together.length < LEAST_SAMPLES)) continue;
    measured = scalingOf(timed, team, known);
    if (isClear(measured)) break;
  }
  return measured;
}

/** Whether more samples would change little: there is no scale, or the credit is known. */
const isClear = (scaling: Scaling): boolean => scaling.speedUp.reference.high < LEAST_SPEED_UP || !isNoisy(scaling);

function scalingOf(
  { operation, geometry }: TeamOperation,
  team: number,
  { samples: seconds, largestParts }: TeamKnown,
): Scaling {
  const speedUp = { submission: speedUpOf(seconds.submission), reference: speedUpOf(seconds.reference) };
  const work = workOf(team, largestParts);
  const credit = creditFor({ speedUp, work });
  return { type: 'scaling', operation, geometry, team, seconds, speedUp, work, credit };
}

/** Over the same team in turns, or over one thread if that shows less of a gain. */
function speedUpOf({ alone, inTurns, together }: TeamSamples): SpeedUp {
  const [overTurns, overOne] = [inTurns, alone].map((times) => {
    const ratios = times.map((time, i) => time / together[i]);
    return { median: median(ratios), ...interval(ratios, IN_THREE_LOOKS) };
  });
  return overOne.median < overTurns.median ? { over: 'alone', ...overOne } : { over: 'inTurns', ...overTurns };
}
