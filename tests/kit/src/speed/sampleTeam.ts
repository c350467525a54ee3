import { randomInt } from 'node:crypto';
import type { Scaling } from '@im2grade/grader/model/evidence.ts';
import type { Call } from '@im2grade/grader/model/examination.ts';
import { startTogether, Subject } from '../Subject.ts';
import { examination } from '../examination.ts';
import { REPETITIONS, type TimedOperation, WARM_UP as WARM_UP_ALONE } from './measureSpeed.ts';
import { largestPart, type TeamResults } from './largestPart.ts';
import { requireRightTurn } from './requireRightTurn.ts';
import { CALLS_IN_A_TURN, fastestCall, type Turn } from './fastestCall.ts';
import { warmingUp } from '../spending.ts';
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
/** A submission may allocate arrays of its own between those of the network: this many times the numbers are recorded. */
const ROOM = 1.5;
/** Processes in which a call is recorded: a submission cannot know which. A call takes one to two seconds then. */
const RECORDED = 2;

const NAMES = ['submission', 'reference'] as const;
type Name = (typeof NAMES)[number];

/** Seconds of one thread, of a team in turns and of the team together, sample by sample. */
export type TeamSamples = Scaling['seconds'][Name];
type Way = keyof TeamSamples;
const WAYS = ['alone', 'inTurns', 'together'] as const satisfies readonly Way[];

/** The undisturbed samples of each implementation. */
type ScalingSamples = Readonly<Record<Name, TeamSamples>>;

/** What is known of a team so far. */
export interface TeamKnown {
  readonly samples: ScalingSamples;
  /** The largest part of the work that one member did, for each process in which that was recorded. */
  readonly largestParts: number[];
}

/** What a team is asked to do, and in which arrays its work shows, if it is known. */
export interface TeamOperation extends TimedOperation {
  readonly results?: TeamResults;
}

/**
 * Times an operation on one thread, by a team in turns and by the team together, for the submission and the reference on
 * the same fresh inputs, in a fresh process for each team and for each single thread. Somewhere among the timed calls of a
 * team is one of which is recorded who wrote its results.
 *
 * @param known - the undisturbed samples and the part are added to it
 * @returns false if the machine has no free cores
 * @throws CriterionFailure if a timed result is wrong and was not known to be
 */
export async function sampleTeam(
  submission: Subject,
  timed: TeamOperation,
  size: number,
  known: TeamKnown,
): Promise<boolean> {
  if (!(await examination().machine.hasFree(size, PATIENCE_SECONDS))) return false;
  const teams = await startedPair(submission);
  const calls = freshCalls(timed, size);
  await warmingUp(() => warmUpTeams(teams, calls));
  const recordedAt = randomInt(PAIRS_ALONE * REPETITIONS);
  for (let pair = 0; pair < PAIRS_ALONE; pair++) {
    const alone = await startedPair(submission);
    await sampleBeside(timed, { teams, alone }, calls, known.samples, async (repetition) => {
      if (pair * REPETITIONS + repetition === recordedAt) await recordPart(timed, teams, calls, known);
    });
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

/** Makes a call on inputs that no process has seen. */
interface FreshCalls {
  timed(way: Way): Call;
  recorded(results: TeamResults, index: number): Call;
}

function freshCalls({ operation, freshCall }: TimedOperation, size: number): FreshCalls {
  const how = { alone: {}, inTurns: { team: size, inTurns: true }, together: { team: size } };
  let asked = 0;
  return {
    timed(way) {
      const repetition = asked++;
      return timedCall({ ...freshCall(repetition), ...how[way] }, `${operation} ${repetition}`);
    },
    recorded({ recordedCall, places }, index) {
      const repetition = asked++;
      const ends = Object.values(places).flatMap((layers) => layers.map(({ begin, length }) => begin + length));
      const recordsWriters = Math.ceil(ROOM * Math.max(...ends));
      const call = { ...recordedCall(repetition, index), ...how.inTurns, recordsWriters };
      return timedCall(call, `${operation} ${repetition}`);
    },
  };
}

async function warmUpTeams(teams: Pair, freshCalls: FreshCalls): Promise<void> {
  const once = async (way: Way): Promise<void> => {
    const call = freshCalls.timed(way);
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
 *
 * @param before - called before each repetition
 */
async function sampleBeside(
  timed: TimedOperation,
  { teams, alone }: { readonly teams: Pair; readonly alone: Pair },
  freshCalls: FreshCalls,
  samples: ScalingSamples,
  before: (repetition: number) => Promise<void>,
): Promise<void> {
  await warmingUp(async () => {
    for (let i = 0; i < WARM_UP_ALONE; i++) await sampleOnce(timed, { alone }, freshCalls, i);
  });
  for (let i = 0; i < REPETITIONS; i++) {
    await before(i);
    const sample = await sampleOnce(timed, { alone, inTurns: teams, together: teams }, freshCalls, i);
    for (const name of NAMES) {
      if (sample[name].isDisturbed) continue;
      for (const way of WAYS) samples[name][way].push(sample[name][way]!);
    }
    if (NAMES.some((name) => sample[name].isDisturbed)) await pause();
  }
}

/** Has a call done by the submission's team, and finds its results in the memory by the reference's numbers. */
async function recordPart(
  timed: TeamOperation,
  teams: Pair,
  freshCalls: FreshCalls,
  { largestParts }: TeamKnown,
): Promise<void> {
  const { results } = timed;
  if (!results || largestParts.length === RECORDED) return;
  const call = freshCalls.recorded(results, largestParts.length);
  const own = await fastestCall(teams.submission, [call]);
  const reference = await fastestCall(teams.reference, [{ ...call, team: 1 }]);
  const { isKnownWrong } = teams.submission;
  if (!isKnownWrong) requireRightTurn(timed, [call], own, reference);
  largestParts.push(largestPart(results, own.fastest.heap!, reference.fastest.heap!, isKnownWrong));
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

type Sample = Partial<Record<Way, number>> & { isDisturbed: boolean };

/** One sample of each implementation, in each way for which there are processes. */
async function sampleOnce(
  timed: TimedOperation,
  processes: Partial<Record<Way, Pair>>,
  freshCalls: FreshCalls,
  index: number,
): Promise<Record<Name, Sample>> {
  const sample: Record<Name, Sample> = { submission: { isDisturbed: false }, reference: { isDisturbed: false } };
  for (const way of WAYS) {
    const pair = processes[way];
    if (pair === undefined) continue;
    const calls = Array.from({ length: CALLS_IN_A_TURN }, () => freshCalls.timed(way));
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
