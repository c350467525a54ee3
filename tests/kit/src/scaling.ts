import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import { median } from '@im2grade/grader/model/median.ts';
import type { Call, CallResult } from '@im2grade/grader/model/examination.ts';
import { Examinee } from './Examinee.ts';
import { examination } from './examination.ts';
import { REPETITIONS, type TimedOperation, WARM_UP as WARM_UP_ALONE } from './speed.ts';
import { interval } from './interval.ts';
import { credit, CriterionFailure, inconclusive, notMeasurable, type Verdict } from './verdicts.ts';

/** Fresh pairs of processes that are a team, and of those that never are. */
const PROCESSES = 2;
/** Until the optimising compiler has had its say, on every thread. */
const WARM_UP = 6;
/** Undisturbed samples of each process; a disturbed one is taken again. */
const SAMPLES = 14;
const TRIES = 6 * SAMPLES;
/** Whoever disturbed is given so long to go away; after much longer the members would be asleep. */
const PAUSE_MS = 10;
/** A sample is disturbed when somebody waited for a core for more than this share of it. */
const MOST_WAITED = 0.2;
/** So long a measurement waits for free cores. */
const PATIENCE_SECONDS = 10;
/** The share of the reference's speed-up that earns all. */
const FULL_CREDIT_SHARE = 0.9;
/** Below this the reference itself gains too little for a scale. */
const LEAST_SPEED_UP = 1.25;
const WIDEST = 0.3;
/** Larger teams gain less with each member, and cost a process more memory. */
const LARGEST_TEAM = 8;

/**
 * Compares the speed-up of a team with the reference's on the same machine: log-linear credit, none without a gain, all
 * at nine tenths of the reference's. Measured on two threads and, where there are more cores, on as many as eight.
 *
 * The time that a team is compared with is the shorter of two. The same team in turns, one member at a time, shows what a
 * single thread that holds back would hide. A process that never is a team, and cannot know that it is not timed for its
 * speed, shows what members do twice, or in vain.
 *
 * A speed-up means something only while the other cores are free: it waits for them, and throws away what was disturbed.
 *
 * @throws CriterionFailure when a timed result is wrong
 */
export async function measureScaling(submission: Examinee, timed: TimedOperation): Promise<Verdict> {
  const { cores } = examination().machine;
  if (cores < 2) return notMeasurable('this machine has one core: a team is no faster than one thread');
  const teams = cores > 2 ? [2, Math.min(cores, LARGEST_TEAM)] : [2];
  return examination().timing(async () => {
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
      if (creditOf(own.high, reference.median) - creditOf(own.low, reference.median) > WIDEST)
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

function creditOf(own: number, reference: number): number {
  const share = Math.log(own) / Math.log(FULL_CREDIT_SHARE * reference);
  // 0/0 where the scale has no width.
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}

type Name = 'submission' | 'reference';
const NAMES: readonly Name[] = ['submission', 'reference'];

/** Seconds of one thread, of a team in turns and, sample by sample with that, of the team together. */
type Samples = Scaling['seconds'];

async function measureTeam(submission: Examinee, timed: TimedOperation, team: number): Promise<Scaling | undefined> {
  const nothing = () => ({ alone: [], inTurns: [], together: [] });
  const seconds: Samples = { submission: nothing(), reference: nothing() };
  for (let i = 0; i < PROCESSES; i++) {
    if (!(await examination().machine.hasFree(team, PATIENCE_SECONDS))) return undefined;
    await sampleAlone(submission, timed, i, seconds);
    if (!(await sampleProcesses(submission, timed, team, i, seconds))) return undefined;
  }
  const speedUp = { submission: speedUpOf(seconds.submission), reference: speedUpOf(seconds.reference) };
  return {
    type: 'scaling',
    operation: timed.operation,
    geometry: timed.geometry,
    team,
    seconds,
    speedUp,
    credit: creditOf(speedUp.submission.median, speedUp.reference.median),
  };
}

function speedUpOf({ alone, inTurns, together }: Samples[Name]): Scaling['speedUp'][Name] {
  const needed = Math.min(1, median(alone) / median(inTurns));
  const ratios = inTurns.map((time, i) => (needed * time) / together[i]);
  return { median: median(ratios), ...interval(ratios), needed };
}

/** Two fresh processes, called just as those that are timed for their speed: they cannot know the difference. */
async function sampleAlone(
  submission: Examinee,
  timed: TimedOperation,
  processes: number,
  seconds: Samples,
): Promise<void> {
  const parties = partiesOf(submission);
  for (let repetition = 0; repetition < WARM_UP_ALONE + REPETITIONS; repetition++) {
    const first = -2 * (processes * (WARM_UP_ALONE + REPETITIONS) + repetition + 1);
    const [before, call] = [first, first + 1].map((i): Call => ({ ...timed.freshCall(i), isTimed: true }));
    const results: Partial<Record<Name, CallResult>> = {};
    for (const name of orderOf(repetition)) {
      await parties[name].call(before);
      results[name] = await parties[name].call(call);
      if (repetition >= WARM_UP_ALONE) seconds[name].alone.push(results[name].seconds);
    }
    requireRight(timed, call, results.submission!, results.reference!);
  }
  await Promise.all(NAMES.map((name) => parties[name].restart()));
}

const partiesOf = (submission: Examinee): Record<Name, Examinee> => ({
  submission: new Examinee(submission.party),
  reference: new Examinee({ of: 'reference' }),
});

const orderOf = (i: number): readonly Name[] => (i % 2 === 0 ? NAMES : NAMES.toReversed());

/** Two fresh processes; false when they were disturbed again and again. */
async function sampleProcesses(
  submission: Examinee,
  timed: TimedOperation,
  team: number,
  processes: number,
  seconds: Samples,
): Promise<boolean> {
  const parties = partiesOf(submission);
  const taken: Record<Name, number> = { submission: 0, reference: 0 };
  const isEnough = () => Math.min(...Object.values(taken)) >= SAMPLES;
  for (let i = 0; !isEnough() && i < WARM_UP + TRIES; i++) {
    const calls = freshCalls(timed, team, processes * (WARM_UP + TRIES) + i);
    const order = orderOf(i);
    const sample: Partial<Record<Name, Sample>> = {};
    for (const name of order) sample[name] = await sampleParty(parties[name], calls);
    const { submission: own, reference } = sample as Record<Name, Sample>;
    requireRight(timed, calls.inTurns, own.inTurns, reference.inTurns);
    requireRight(timed, calls.together, own.together, reference.together);
    if (i < WARM_UP) continue;
    for (const name of order) {
      const { inTurns, together, isDisturbed } = sample[name]!;
      if (isDisturbed) continue;
      seconds[name].inTurns.push(inTurns.seconds);
      seconds[name].together.push(together.seconds);
      taken[name]++;
    }
    if (own.isDisturbed || reference.isDisturbed) await pause();
  }
  await Promise.all(Object.values(parties).map((party) => party.restart()));
  return isEnough();
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** What one sample asks for: three times the same work on inputs that no process has seen. */
interface Calls {
  readonly inTurns: Call;
  readonly before: Call;
  readonly together: Call;
}

function freshCalls(timed: TimedOperation, team: number, sample: number): Calls {
  const [inTurns, before, together] = [0, 1, 2].map((i): Call => ({
    ...timed.freshCall(3 * sample + i),
    isTimed: true,
    team,
  }));
  return { inTurns: { ...inTurns, inTurns: true }, before, together };
}

function requireRight(timed: TimedOperation, call: Call, result: CallResult, reference: CallResult): void {
  if (!timed.isRight(call, result, reference))
    throw new CriterionFailure(`a timed result of ${timed.operation} was wrong; only right results are timed`);
}

interface Sample {
  readonly inTurns: CallResult;
  readonly together: CallResult;
  readonly isDisturbed: boolean;
}

/** The team in turns, then together. */
async function sampleParty(party: Examinee, calls: Calls): Promise<Sample> {
  const { machine } = examination();
  const inTurns = await party.call(calls.inTurns);
  // Not counted: members that have slept are woken on one core, and part only at work.
  await party.call(calls.before);
  const before = machine.microsecondsWaited();
  const together = await party.call(calls.together);
  const after = machine.microsecondsWaited();
  const waited = before === undefined || after === undefined ? 0 : (after - before) / 1e6;
  return { inTurns, together, isDisturbed: waited > MOST_WAITED * together.seconds };
}
