import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import type { Call } from '@im2grade/grader/model/examination.ts';
import { startTogether, Subject } from './Subject.ts';
import { examination } from './examination.ts';
import { REPETITIONS, type TimedOperation, WARM_UP as WARM_UP_ALONE } from './measureSpeed.ts';
import { requireRightTurn } from './requireRightTurn.ts';
import { CALLS_IN_A_TURN, fastestCall, type Turn } from './fastestCall.ts';
import { warmingUp } from './spending.ts';
import { timedCall } from './timedCall.ts';

/** Until the optimising compiler has compiled the code on every member's thread. */
const WARM_UP_TEAM = 16;
/** A process that runs a team is compared with as many that run one thread, one after another. */
const PAIRS_ALONE = 2;
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

/** The undisturbed samples of each implementation. */
export type ScalingSamples = Readonly<Record<Name, TeamSamples>>;

/**
 * Times an operation on one thread, by a team in turns and by the team together, for the submission and the reference on
 * the same fresh inputs, in a fresh process for each team and for each single thread.
 *
 * @param samples - the undisturbed samples are added to them
 * @returns false if the machine has no free cores
 * @throws CriterionFailure if a timed result is wrong and was not known to be
 */
export async function sampleTeam(
  submission: Subject,
  timed: TimedOperation,
  size: number,
  samples: ScalingSamples,
): Promise<boolean> {
  if (!(await examination().machine.hasFree(size, PATIENCE_SECONDS))) return false;
  const teams = await startedPair(submission);
  const freshCall = freshCalls(timed, size);
  await warmingUp(() => warmUpTeams(teams, freshCall));
  for (let pair = 0; pair < PAIRS_ALONE; pair++) {
    const alone = await startedPair(submission);
    await sampleBeside(timed, teams, alone, freshCall, samples);
    await restart(alone);
  }
  await restart(teams);
  return true;
}

/** The processes of both implementations. */
type Pair = Readonly<Record<Name, Subject>>;

async function startedPair(submission: Subject): Promise<Pair> {
  const pair = {
    submission: new Subject(submission.implementation, { isKnownWrong: submission.isKnownWrong }),
    reference: new Subject({ of: 'reference' }),
  };
  await startTogether(Object.values(pair));
  return pair;
}

const restart = (pair: Pair): Promise<unknown> => Promise.all(NAMES.map((name) => pair[name].restart()));

/** Makes a call of a way on inputs that no process has seen. */
type FreshCall = (way: Way) => Call;

function freshCalls(timed: TimedOperation, size: number): FreshCall {
  const how = { alone: {}, inTurns: { team: size, inTurns: true }, together: { team: size } };
  let asked = 0;
  return (way) => {
    const repetition = asked++;
    return timedCall({ ...timed.freshCall(repetition), ...how[way] }, `${timed.operation} ${repetition}`);
  };
}

async function warmUpTeams(teams: Pair, freshCall: FreshCall): Promise<void> {
  const once = async (way: Way): Promise<void> => {
    const call = freshCall(way);
    for (const name of NAMES) await teams[name].call(call);
  };
  for (let i = 0; i < WARM_UP_TEAM; i++) {
    await once('inTurns');
    await once('together');
  }
}

/**
 * The process that is timed alone never runs a team, and is called exactly like the ones that are timed for speed, and as
 * often: it cannot know the difference.
 */
async function sampleBeside(
  timed: TimedOperation,
  teams: Pair,
  alone: Pair,
  freshCall: FreshCall,
  samples: ScalingSamples,
): Promise<void> {
  await warmingUp(async () => {
    for (let i = 0; i < WARM_UP_ALONE; i++) await sampleOnce(timed, { alone }, freshCall, i);
  });
  for (let i = 0; i < REPETITIONS; i++) {
    const sample = await sampleOnce(timed, { alone, inTurns: teams, together: teams }, freshCall, i);
    for (const name of NAMES) {
      if (sample[name].isDisturbed) continue;
      for (const way of WAYS) samples[name][way].push(sample[name][way]!);
    }
    if (NAMES.some((name) => sample[name].isDisturbed)) await pause();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

type Sample = Partial<Record<Way, number>> & { isDisturbed: boolean };

/** One sample of each implementation, in each way for which there are processes. */
async function sampleOnce(
  timed: TimedOperation,
  processes: Partial<Record<Way, Pair>>,
  freshCall: FreshCall,
  index: number,
): Promise<Record<Name, Sample>> {
  const sample: Record<Name, Sample> = { submission: { isDisturbed: false }, reference: { isDisturbed: false } };
  for (const way of WAYS) {
    const pair = processes[way];
    if (pair === undefined) continue;
    const calls = Array.from({ length: CALLS_IN_A_TURN }, () => freshCall(way));
    const turns: Partial<Record<Name, Turn>> = {};
    for (const name of index % 2 === 0 ? NAMES : NAMES.toReversed()) {
      turns[name] = await fastestCall(pair[name], calls);
      const { seconds, waitedSeconds = 0 } = turns[name].fastest;
      sample[name][way] = seconds;
      if (way === 'together') sample[name].isDisturbed = waitedSeconds > MOST_WAITED * seconds;
    }
    if (!pair.submission.isKnownWrong) requireRightTurn(timed, calls, turns.submission!, turns.reference!);
  }
  return sample;
}
