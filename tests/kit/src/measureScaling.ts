import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import { IN_THREE_LOOKS, interval } from '@im2grade/grader/common/interval.ts';
import { median } from '@im2grade/grader/common/median.ts';
import type { Subject } from './Subject.ts';
import { examination } from './examination.ts';
import { type ScalingSamples, sampleTeam, type TeamSamples } from './sampleTeam.ts';
import { OWN_NOISE, type TimedOperation } from './measureSpeed.ts';
import { credit, inconclusive, notMeasurable, type Verdict } from './verdicts.ts';

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
export async function measureScaling(submission: Subject, timed: TimedOperation): Promise<Verdict> {
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
      const { reference, submission: own } = measured.speedUp;
      if (reference.median < LEAST_SPEED_UP)
        return inconclusive(
          `the reference itself gains only ${times(reference.median)} on ${team} threads here`,
          evidence,
        );
      if (isGain(own) && isNoisy(measured.speedUp) && !isOwnNoise(measured.speedUp))
        return inconclusive(`the measurement is too noisy: ${times(own.low)} to ${times(own.high)}`, evidence);
    }
    const share = evidence.reduce((sum, one) => sum + one.credit, 0) / evidence.length;
    const reason = evidence.map(
      ({ team, speedUp }) =>
        `${team} threads are ${times(speedUp.submission.median)} as fast as one; the reference's ${times(speedUp.reference.median)}`,
    );
    return credit(share, reason.join('; '), evidence);
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

const isNoisy = ({ submission: { low, high }, reference }: Scaling['speedUp']): boolean =>
  creditOf(high, reference.median) - creditOf(low, reference.median) > WIDEST;

/** Noise of the machine would show in the reference's times as well. */
const isOwnNoise = ({ submission, reference }: Scaling['speedUp']): boolean =>
  Math.log(submission.high / submission.low) > OWN_NOISE * Math.log(reference.high / reference.low);

function creditFor(speedUp: Scaling['speedUp']): number {
  const { submission, reference } = speedUp;
  if (!isGain(submission)) return 0;
  // A submission that takes now more and now less time does not turn lost points into pending ones.
  const isDoubtful = isNoisy(speedUp) && isOwnNoise(speedUp);
  return creditOf(isDoubtful ? submission.low : submission.median, reference.median);
}

/** @returns undefined if other programs disturbed it throughout */
async function measureTeam(submission: Subject, timed: TimedOperation, team: number): Promise<Scaling | undefined> {
  const none = (): TeamSamples => ({ alone: [], inTurns: [], together: [] });
  const samples: ScalingSamples = { submission: none(), reference: none() };
  let measured: Scaling | undefined;
  let sampled = 0;
  for (const processes of LOOKS) {
    for (; sampled < processes; sampled++) if (!(await sampleTeam(submission, timed, team, samples))) return measured;
    if (Object.values(samples).some(({ together }) => together.length < LEAST_SAMPLES)) continue;
    measured = scalingOf(timed, team, samples);
    if (isClear(measured)) break;
  }
  return measured;
}

/** Whether more samples would change little: there is no scale, or the credit is known. */
const isClear = ({ speedUp }: Scaling): boolean => speedUp.reference.high < LEAST_SPEED_UP || !isNoisy(speedUp);

function scalingOf({ operation, geometry }: TimedOperation, team: number, seconds: ScalingSamples): Scaling {
  const speedUp = { submission: speedUpOf(seconds.submission), reference: speedUpOf(seconds.reference) };
  return { type: 'scaling', operation, geometry, team, seconds, speedUp, credit: creditFor(speedUp) };
}

/** Over the same team in turns, or over one thread if that shows less of a gain. */
function speedUpOf({ alone, inTurns, together }: TeamSamples): SpeedUp {
  const [overTurns, overOne] = [inTurns, alone].map((times) => {
    const ratios = times.map((time, i) => time / together[i]);
    return { median: median(ratios), ...interval(ratios, IN_THREE_LOOKS) };
  });
  return overOne.median < overTurns.median ? { over: 'alone', ...overOne } : { over: 'inTurns', ...overTurns };
}
