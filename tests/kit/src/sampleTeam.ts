import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import type { Call, CallResult } from '@im2grade/grader/model/examination.ts';
import { Subject } from './Subject.ts';
import { examination } from './examination.ts';
import { REPETITIONS, type TimedOperation, WARM_UP as WARM_UP_ALONE } from './measureSpeed.ts';
import { warmingUp } from './spending.ts';
import { timedCall } from './timedCall.ts';
import { CriterionFailure } from './verdicts.ts';

/** Fresh processes that run a team, one after another. */
const PROCESSES = 2;
/** Until the optimising compiler has compiled the code, on every thread. */
const WARM_UP_TEAM = 6;
/** Undisturbed samples of each process that runs a team. */
const SAMPLES = 2 * REPETITIONS;
/** A disturbed sample is taken again; after this many rounds of `REPETITIONS` the measurement is given up. */
const MOST_ROUNDS = 12;
/** A disturbance has this long to go away; after much longer the members would be asleep. */
const PAUSE_MS = 10;
/** A sample is disturbed if a thread waited for a core for more than this share of it. */
const MOST_WAITED = 0.2;
/** How long a measurement waits for free cores. */
const PATIENCE_SECONDS = 10;

const NAMES = ['submission', 'reference'] as const;
type Name = (typeof NAMES)[number];

/** Seconds of one thread, of a team in turns and of the team together, sample by sample. */
export type TeamSamples = Scaling['seconds'][Name];
type Way = keyof TeamSamples;
const WAYS = ['alone', 'inTurns', 'together'] as const satisfies readonly Way[];

/**
 * Times an operation on one thread, by a team in turns and by the team together, for the submission and the reference
 * on the same fresh inputs.
 *
 * @returns undefined if other programs disturbed it repeatedly
 * @throws CriterionFailure if a timed result is wrong and was not known to be
 */
export async function sampleTeam(
  submission: Subject,
  timed: TimedOperation,
  size: number,
): Promise<Record<Name, TeamSamples> | undefined> {
  const none = (): TeamSamples => ({ alone: [], inTurns: [], together: [] });
  const samples = { submission: none(), reference: none() };
  const calls = freshCalls(timed, size);
  for (let process = 0; process < PROCESSES; process++) {
    if (!(await examination().machine.hasFree(size, PATIENCE_SECONDS))) return undefined;
    const teams = freshPair(submission);
    const isEnough = await sampleProcesses(submission, timed, teams, calls, samples);
    await restart(teams);
    if (!isEnough) return undefined;
  }
  return samples;
}

/** The processes of both implementations. */
type Pair = Readonly<Record<Name, Subject>>;

const freshPair = (submission: Subject): Pair => ({
  submission: new Subject(submission.implementation, { isKnownWrong: submission.isKnownWrong }),
  reference: new Subject({ of: 'reference' }),
});

const restart = (pair: Pair): Promise<unknown> => Promise.all(NAMES.map((name) => pair[name].restart()));

/** A call that is not counted, and one that is: the same work on inputs that no process has seen. */
type Calls = (way: Way) => readonly [Call, Call];

function freshCalls(timed: TimedOperation, size: number): Calls {
  const how = { alone: {}, inTurns: { team: size, inTurns: true }, together: { team: size } };
  let asked = 0;
  const fresh = (way: Way): Call => ({ ...timed.freshCall(asked++), ...how[way] });
  return (way) => [timedCall(fresh(way)), timedCall(fresh(way), `${timed.operation} ${asked}`)];
}

/**
 * Adds `SAMPLES` samples of each implementation. The process that is timed alone never runs a team, and is called
 * exactly like the ones that are timed for speed, and as often: it cannot know the difference.
 *
 * @returns false if too few were undisturbed
 */
async function sampleProcesses(
  submission: Subject,
  timed: TimedOperation,
  teams: Pair,
  calls: Calls,
  samples: Record<Name, TeamSamples>,
): Promise<boolean> {
  for (let i = 0; i < WARM_UP_TEAM; i++)
    await warmingUp(() => sampleOnce(timed, { inTurns: teams, together: teams }, calls, i));
  const taken = { submission: 0, reference: 0 };
  const isEnough = () => Math.min(...Object.values(taken)) >= SAMPLES;
  for (let round = 0; round < MOST_ROUNDS && !isEnough(); round++) {
    const alone = freshPair(submission);
    for (let i = 0; i < WARM_UP_ALONE; i++) await warmingUp(() => sampleOnce(timed, { alone }, calls, i));
    for (let i = 0; i < REPETITIONS && !isEnough(); i++) {
      const sample = await sampleOnce(timed, { alone, inTurns: teams, together: teams }, calls, i);
      for (const name of NAMES) {
        if (sample[name].isDisturbed) continue;
        taken[name]++;
        for (const way of WAYS) samples[name][way].push(sample[name][way]!);
      }
      if (NAMES.some((name) => sample[name].isDisturbed)) await pause();
    }
    await restart(alone);
  }
  return isEnough();
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

type Sample = Partial<Record<Way, number>> & { isDisturbed: boolean };

/** One sample of each implementation, in each way for which there are processes. */
async function sampleOnce(
  timed: TimedOperation,
  processes: Partial<Record<Way, Pair>>,
  calls: Calls,
  index: number,
): Promise<Record<Name, Sample>> {
  const sample: Record<Name, Sample> = { submission: { isDisturbed: false }, reference: { isDisturbed: false } };
  for (const way of WAYS) {
    const pair = processes[way];
    if (pair === undefined) continue;
    const asked = calls(way);
    const results: Partial<Record<Name, CallResult>> = {};
    for (const name of index % 2 === 0 ? NAMES : NAMES.toReversed()) {
      const { result, waited } = await callTwice(pair[name], asked);
      results[name] = result;
      sample[name][way] = result.seconds;
      if (way === 'together') sample[name].isDisturbed = waited > MOST_WAITED * result.seconds;
    }
    if (!pair.submission.isKnownWrong && !timed.isRight(asked[1], results.submission!, results.reference!))
      throw new CriterionFailure(`a timed result of ${timed.operation} was wrong; only correct results are timed`);
  }
  return sample;
}

/**
 * The second call's result, with the seconds that threads waited for a core during it. After its own first call every
 * implementation finds the same caches, and no member of the team sleeps: a sleeping one would be woken on the core of
 * another, and would not take part in the work for a while.
 */
async function callTwice(
  implementation: Subject,
  [before, call]: readonly [Call, Call],
): Promise<{ result: CallResult; waited: number }> {
  const { machine } = examination();
  await implementation.call(before);
  const begin = machine.microsecondsWaited();
  const result = await implementation.call(call);
  const end = machine.microsecondsWaited();
  return { result, waited: begin === undefined || end === undefined ? 0 : (end - begin) / 1e6 };
}
