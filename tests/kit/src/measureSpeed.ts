import type { Timing } from '@im2grade/grader/model/evidence.ts';
import type { Call, CallResult } from '@im2grade/grader/model/examination.ts';
import { Subject } from './Subject.ts';
import { examination } from './examination.ts';
import { creditAt, type SpeedSamples, timingOf } from './speedScale.ts';
import { credit, CriterionFailure, inconclusive, type Verdict } from './verdicts.ts';

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
}

/** Fresh triples of processes: one in a dozen processes is slow throughout, for no known reason. */
const PROCESSES = 3;
/** Two calls each: enough for the optimising compiler to compile loops of a millisecond. */
export const WARM_UP = 3;
/** Each order of turns once. */
export const REPETITIONS = 6;
/**
 * The widest interval of the credit that decides after one batch of processes, after two, and so on: a quarter of the
 * credit is 12 % of the time if the naive loops take three times as long as the reference, and wider intervals decide
 * nothing. The last batch settles the one in 200 that four leave undecided.
 */
const WIDEST = [0.1, 0.15, 0.2, 0.25, 0.25];
/** Naive loops must be clearly slower than the ratio of full credit, or there is no scale between them. */
const LEAST_SCALE = 1.2;

/**
 * Times the submission, the reference and the naive loops in turn on the same fresh inputs and gives log-linear credit:
 * none at the naive loops' time, full credit up to `fullCreditRatio` times the reference's.
 *
 * The ratio is the median of the paired ratios: it stays within 1 % even if absolute times vary by a third. A submission
 * earns nothing while the 95 % interval of its time over the naive loops' contains 1: noise is no gain.
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
  return examination().timing(async () => {
    const samples: SpeedSamples = { submission: [], reference: [], naive: [] };
    let evidence = timingOf(timed, samples, 0);
    let processes = 0;
    for (const widest of WIDEST) {
      for (let i = 0; i < PROCESSES; i++) await sampleOnce(submission, timed, samples, processes++);
      evidence = timingOf(timed, samples, processes);
      if (evidence.naiveRatio < timed.fullCreditRatio * LEAST_SCALE) break;
      const width = creditAt(evidence, evidence.ratio.low) - creditAt(evidence, evidence.ratio.high);
      if (width <= widest && !isDoubtfulGain(evidence)) return decided(evidence);
    }
    if (evidence.naiveRatio < timed.fullCreditRatio * LEAST_SCALE) {
      return inconclusive(
        `the naive loops took only ${evidence.naiveRatio.toFixed(2)} times the reference's time here: no scale to score on`,
        [evidence],
      );
    }
    return inconclusive(
      `the measurement is too noisy: ${evidence.ratio.low.toFixed(2)} to ${evidence.ratio.high.toFixed(2)} times the reference's time`,
      [evidence],
    );
  });
}

/** Whether the submission seems to be faster than the naive loops by more than noise explains, but not clearly so. */
const isDoubtfulGain = (evidence: Timing): boolean =>
  evidence.credit === 0 && creditAt(evidence, evidence.ratio.median) > WIDEST[0];

function decided(evidence: Timing): Verdict {
  const faster = evidence.ratio.median < 1;
  const ratio = faster ? 1 / evidence.ratio.median : evidence.ratio.median;
  const noGain = evidence.credit === 0 ? ', not clearly faster than the naive loops' : '';
  return credit(
    evidence.credit,
    `${ratio.toFixed(2)} times ${faster ? 'as fast as' : 'the time of'} the reference${noGain}`,
    [evidence],
  );
}

type PartyName = keyof SpeedSamples;

/** Each order of turns occurs the same number of times. */
const ORDERS: readonly (readonly PartyName[])[] = [
  ['submission', 'reference', 'naive'],
  ['naive', 'reference', 'submission'],
  ['reference', 'naive', 'submission'],
  ['submission', 'naive', 'reference'],
  ['naive', 'submission', 'reference'],
  ['reference', 'submission', 'naive'],
];

/** Three fresh processes, warmed up, then timed in turn on inputs that none of them has seen. */
async function sampleOnce(
  submission: Subject,
  timed: TimedOperation,
  samples: SpeedSamples,
  processes: number,
): Promise<void> {
  const implementations: Record<PartyName, Subject> = {
    submission: new Subject(submission.implementation),
    reference: new Subject({ of: 'reference' }),
    naive: new Subject({ of: 'naive' }),
  };
  for (let repetition = 0; repetition < WARM_UP + REPETITIONS; repetition++) {
    const first = 2 * (processes * (WARM_UP + REPETITIONS) + repetition);
    const calls = [timed.freshCall(first), timed.freshCall(first + 1)] as const;
    const plainCalls = timed.plainCall && ([timed.plainCall(first), timed.plainCall(first + 1)] as const);
    const results: Partial<Record<PartyName, CallResult>> = {};
    for (const name of ORDERS[(repetition + WARM_UP) % ORDERS.length]) {
      const [before, call] = name === 'naive' ? (plainCalls ?? calls) : calls;
      // Not counted: after its own call every implementation finds the same caches, no matter which one ran before it.
      await implementations[name].call({ ...before, isTimed: true });
      results[name] = await implementations[name].call({ ...call, isTimed: true });
      if (repetition >= WARM_UP) samples[name].push(results[name].seconds);
    }
    if (!submission.isKnownWrong && !timed.isRight(calls[1], results.submission!, results.reference!)) {
      throw new CriterionFailure(`a timed result of ${timed.operation} was wrong; only correct results are timed`);
    }
  }
  await Promise.all(Object.values(implementations).map((implementation) => implementation.restart()));
}
