import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import { median } from '@im2grade/grader/model/median.ts';
import type { Call, CallResult } from '@im2grade/grader/model/examination.ts';
import { Examinee } from './Examinee.ts';
import { examination } from './examination.ts';
import type { TimedOperation } from './speed.ts';
import { interval } from './interval.ts';
import { credit, CriterionFailure, inconclusive, notMeasurable, type Verdict } from './verdicts.ts';

/** Fresh pairs of processes. */
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

const creditOf = (own: number, reference: number): number =>
  Math.min(1, Math.max(0, Math.log(own) / Math.log(FULL_CREDIT_SHARE * reference)));

type Name = 'submission' | 'reference';

/** Seconds of one thread and of the team, sample by sample. */
type Samples = Record<Name, { one: number[]; team: number[] }>;

async function measureTeam(submission: Examinee, timed: TimedOperation, team: number): Promise<Scaling | undefined> {
  const seconds: Samples = { submission: { one: [], team: [] }, reference: { one: [], team: [] } };
  for (let i = 0; i < PROCESSES; i++) {
    if (!(await examination().machine.hasFree(team, PATIENCE_SECONDS))) return undefined;
    if (!(await sampleProcesses(submission, timed, team, i, seconds))) return undefined;
  }
  const speedUpOf = ({ one, team: together }: Samples[Name]) => {
    const ratios = one.map((time, i) => time / together[i]);
    return { median: median(ratios), ...interval(ratios) };
  };
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

/** Two fresh processes; false when they were disturbed again and again. */
async function sampleProcesses(
  submission: Examinee,
  timed: TimedOperation,
  team: number,
  processes: number,
  seconds: Samples,
): Promise<boolean> {
  const parties = { submission: new Examinee(submission.party), reference: new Examinee({ of: 'reference' }) };
  const taken: Record<Name, number> = { submission: 0, reference: 0 };
  const isEnough = () => Math.min(...Object.values(taken)) >= SAMPLES;
  for (let i = 0; !isEnough() && i < WARM_UP + TRIES; i++) {
    const calls = freshCalls(timed, team, processes * (WARM_UP + TRIES) + i);
    const order: Name[] = i % 2 === 0 ? ['submission', 'reference'] : ['reference', 'submission'];
    const sample: Partial<Record<Name, Sample>> = {};
    for (const name of order) sample[name] = await sampleParty(parties[name], calls);
    const { submission: own, reference } = sample as Record<Name, Sample>;
    requireRight(timed, calls.one, own.one, reference.one);
    requireRight(timed, calls.together, own.together, reference.together);
    if (i < WARM_UP) continue;
    for (const name of order) {
      const { one, together, isDisturbed } = sample[name]!;
      if (isDisturbed) continue;
      seconds[name].one.push(one.seconds);
      seconds[name].team.push(together.seconds);
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
  readonly one: Call;
  readonly before: Call;
  readonly together: Call;
}

function freshCalls(timed: TimedOperation, team: number, sample: number): Calls {
  const [one, before, together] = [0, 1, 2].map((i): Call => ({ ...timed.freshCall(3 * sample + i), isTimed: true }));
  return { one, before: { ...before, team }, together: { ...together, team } };
}

function requireRight(timed: TimedOperation, call: Call, result: CallResult, reference: CallResult): void {
  if (!timed.isRight(call, result, reference))
    throw new CriterionFailure(`a timed result of ${timed.operation} was wrong; only right results are timed`);
}

interface Sample {
  readonly one: CallResult;
  readonly together: CallResult;
  readonly isDisturbed: boolean;
}

/** One thread, then the team. */
async function sampleParty(party: Examinee, calls: Calls): Promise<Sample> {
  const { machine } = examination();
  const one = await party.call(calls.one);
  // Not counted: members that have slept are woken on one core, and part only at work.
  await party.call(calls.before);
  const before = machine.microsecondsWaited();
  const together = await party.call(calls.together);
  const after = machine.microsecondsWaited();
  const waited = before === undefined || after === undefined ? 0 : (after - before) / 1e6;
  return { one, together, isDisturbed: waited > MOST_WAITED * together.seconds };
}
