import type { Timing } from '@im2grade/grader/model/evidence.ts';
import { IN_SIX_LOOKS, interval } from '@im2grade/grader/common/interval.ts';
import { quantile } from '@im2grade/grader/common/quantile.ts';
import type { Call, CallResult } from '@im2grade/grader/model/examination.ts';
import { startTogether, type Subject } from '../Subject.ts';
import { requireRightTurn } from './requireRightTurn.ts';
import { CALLS_IN_A_TURN, fastestCall, type Turn } from './fastestCall.ts';
import { timedCall } from './timedCall.ts';
import { examination } from '../examination.ts';
import { creditAt, naiveRatios, type SpeedSamples, timingOf } from './speedScale.ts';
import { warmingUp } from '../spending.ts';
import { freshProcesses, sharedProcesses, type TimedName, type TimedProcesses } from './timedProcesses.ts';
import { credit, inconclusive, type Verdict } from '../verdicts.ts';

/** One operation to be timed, on fresh input each time. */
export interface TimedOperation {
  readonly operation: string;
  readonly geometry: Record<string, number>;
  /** A call with inputs that no process has seen. */
  freshCall(repetition: number): Call;
  /** The call of the naive loops, if it differs: the same work on the same inputs, by another function. */
  plainCall?(repetition: number): Call;
  /** True if the submission's outputs are right, judged together with the reference's on the same inputs. */
  isRight(call: Call, submission: CallResult, reference: CallResult): boolean;
  readonly fullCreditRatio: number;
  /**
   * If its time on one thread is also compared with a team's: in processes that have run other operations before, a
   * submission could know which of the two is measured.
   */
  readonly inFreshProcesses?: boolean;
}

/** Turns: enough for the optimising compiler to compile loops of a millisecond. */
export const WARM_UP = 2;
/** Turns: each of `ORDERS` once. */
export const REPETITIONS = 6;
/**
 * After this many processes the measurement ends if the interval of the credit is no wider: a quarter of the credit is
 * 12 % of the time if the naive loops take three times as long as the reference, and wider intervals decide nothing. One
 * in a dozen processes is slow throughout, for no known reason, so two decide only what is clear. The last settle the one
 * in 200 that twelve leave undecided.
 */
const LOOKS = [
  { processes: 2, widest: 0.05 },
  { processes: 3, widest: 0.1 },
  { processes: 6, widest: 0.15 },
  { processes: 9, widest: 0.2 },
  { processes: 12, widest: 0.25 },
  { processes: 15, widest: 0.25 },
];
/** What the naive loops may earn by chance. */
const MOST_BY_CHANCE = 0.1;
/** Noise is the submission's own if it is this many times as wide as what the others show at the same time. */
export const OWN_NOISE = 3;
/** Naive loops must be clearly slower than the ratio of full credit, or there is no scale between them. */
const LEAST_SCALE = 1.2;

/**
 * Times the submission, the reference and the naive loops in turn on the same fresh inputs and gives log-linear credit:
 * none at the naive loops' time, full credit up to `fullCreditRatio` times the reference's.
 *
 * A time is that of the fastest call of a turn. The ratio is the median of the paired ratios: it stays within 1 % even if
 * absolute times vary by a third. A submission earns nothing while the 95 % interval of its time over the naive loops'
 * contains 1: noise is no gain. It loses nothing while the interval of its ratio contains full credit: noise is no loss
 * either.
 *
 * @throws CriterionFailure if a timed output is wrong and was not known to be
 *
 * @example
 * ```ts
 * return measureSpeed(submission, {
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
export async function measureSpeed(submission: Subject, timed: TimedOperation): Promise<Verdict> {
  return examination().timing('one', async () => {
    const samples: SpeedSamples = { submission: [], reference: [], naive: [] };
    let evidence = timingOf(timed, samples, 0);
    let sampled = 0;
    const leastOfNaive = timed.fullCreditRatio * LEAST_SCALE;
    for (const { processes, widest } of LOOKS) {
      while (sampled < processes) await sampleProcesses(submission, timed, samples, sampled++);
      evidence = timingOf(timed, samples, processes);
      const mostOfNaive = interval(naiveRatios(samples), IN_SIX_LOOKS).high;
      if (mostOfNaive < leastOfNaive) break;
      const isScaled = evidence.naiveRatio >= leastOfNaive;
      if (isScaled && widthOf(evidence) <= widest && !isDoubtfulGain(evidence) && !isDoubtfulLoss(evidence))
        return decided(evidence);
    }
    if (evidence.naiveRatio < leastOfNaive) {
      return inconclusive(
        `the naive loops took only ${evidence.naiveRatio.toFixed(2)} times the reference's time here: no scale to score on`,
        [evidence],
      );
    }
    if (isOwnNoise(samples)) return slowEnd(evidence);
    if (isDoubtfulLoss(evidence) && widthOf(evidence) <= LOOKS.at(-1)!.widest)
      return decided({ ...evidence, credit: 1 });
    return inconclusive(
      `the measurement is too noisy: ${evidence.ratio.low.toFixed(2)} to ${evidence.ratio.high.toFixed(2)} times the reference's time`,
      [evidence],
    );
  });
}

/** Whether the submission seems to be faster than the naive loops by more than noise explains, but not clearly so. */
const isDoubtfulGain = (evidence: Timing): boolean =>
  evidence.credit === 0 && creditAt(evidence, evidence.ratio.median) > MOST_BY_CHANCE;

/** Whether the submission seems to deserve less than full credit, but noise may explain that. */
const isDoubtfulLoss = (evidence: Timing): boolean =>
  evidence.credit < 1 && creditAt(evidence, evidence.ratio.low) === 1;

/** Of the interval of the credit. */
const widthOf = (evidence: Timing): number =>
  creditAt(evidence, evidence.ratio.low) - creditAt(evidence, evidence.ratio.high);

/** Noise of the machine would show in the others' times as well. */
const isOwnNoise = ({ submission, reference, naive }: SpeedSamples): boolean =>
  spreadOf(submission) > OWN_NOISE * Math.max(spreadOf(reference), spreadOf(naive));

/** Nine tenths of the samples are below the one end, one tenth below the other; the logarithm of their ratio. */
const spreadOf = (seconds: readonly number[]): number => Math.log(quantile(seconds, 0.9) / quantile(seconds, 0.1));

/** A submission that takes now more and now less time does not turn lost points into pending ones. */
function slowEnd(evidence: Timing): Verdict {
  const { ratio } = evidence;
  const earned = Math.min(evidence.credit, creditAt(evidence, ratio.high));
  return credit(
    earned,
    `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)} times the reference's time, which is steady here: the longer time counts`,
    [{ ...evidence, credit: earned }],
  );
}

function decided(evidence: Timing): Verdict {
  const faster = evidence.ratio.median < 1;
  const ratio = faster ? 1 / evidence.ratio.median : evidence.ratio.median;
  return credit(
    evidence.credit,
    `${ratio.toFixed(2)} times ${faster ? 'as fast as' : 'the time of'} the reference${remarkOn(evidence)}`,
    [evidence],
  );
}

/** Why the credit is not what the ratio alone would give. */
function remarkOn(evidence: Timing): string {
  if (evidence.credit === 0) return ', not clearly faster than the naive loops';
  const isMore = evidence.credit > creditAt(evidence, evidence.ratio.median);
  return isMore ? ', which may be chance: full credit is within the interval' : '';
}

/**
 * Each of the two is as often before the other. The naive loops, which take most of the time and only set the end of the
 * scale, take part in every second repetition, once in each place.
 */
const ORDERS: readonly (readonly TimedName[])[] = [
  ['submission', 'reference', 'naive'],
  ['reference', 'submission'],
  ['reference', 'naive', 'submission'],
  ['submission', 'reference'],
  ['naive', 'submission', 'reference'],
  ['reference', 'submission'],
];

/** Three processes, warmed up, then timed in turn on inputs that none of them has seen. */
async function sampleProcesses(
  submission: Subject,
  timed: TimedOperation,
  samples: SpeedSamples,
  number: number,
): Promise<void> {
  const { implementation } = submission;
  const processes = timed.inFreshProcesses ? freshProcesses(implementation) : sharedProcesses(implementation, number);
  await startTogether(Object.values(processes));
  const repeat = (repetition: number) => callInTurn(submission, timed, samples, { processes, number, repetition });
  for (let repetition = -WARM_UP; repetition < 0; repetition++) await warmingUp(() => repeat(repetition));
  for (let repetition = 0; repetition < REPETITIONS; repetition++) await repeat(repetition);
  if (timed.inFreshProcesses) await Promise.all(Object.values(processes).map((each) => each.restart()));
}

/** One turn of each; its times are sampled unless it warms up. */
async function callInTurn(
  submission: Subject,
  timed: TimedOperation,
  samples: SpeedSamples,
  { processes, number, repetition }: { processes: TimedProcesses; number: number; repetition: number },
): Promise<void> {
  const first = CALLS_IN_A_TURN * (number * (WARM_UP + REPETITIONS) + WARM_UP + repetition);
  const repetitions = Array.from({ length: CALLS_IN_A_TURN }, (_, i) => first + i);
  const calls = repetitions.map((each) => timed.freshCall(each));
  const plainCalls = timed.plainCall && repetitions.map((each) => timed.plainCall!(each));
  const turns: Partial<Record<TimedName, Turn>> = {};
  for (const name of ORDERS.at(repetition % ORDERS.length)!) {
    const isJudged = name !== 'naive';
    const asked = (isJudged ? undefined : plainCalls) ?? calls;
    const looks = (i: number) => (isJudged ? `${timed.operation} ${repetitions[i]}` : undefined);
    turns[name] = await fastestCall(
      processes[name],
      asked.map((call, i) => timedCall(call, looks(i))),
    );
    if (repetition >= 0) samples[name].push(turns[name].fastest.seconds);
  }
  if (!submission.isKnownWrong) requireRightTurn(timed, calls, turns.submission!, turns.reference!);
}
