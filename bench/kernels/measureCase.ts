import { type Case, flopsOf } from './Case.ts';
import { type CandidateProcess, UnableError } from './CandidateProcess.ts';
import type { CandidateSetup } from './candidates.ts';

/** A candidate that runs. */
export interface Running {
  readonly setup: CandidateSetup;
  readonly process: CandidateProcess;
}

/** One candidate's part of a case. */
export interface Measurement {
  readonly candidate: CandidateSetup;
  /** Of one call: the case's, or the ceiling's own. */
  readonly flops: number;
  /** Milliseconds per call, by round; the rounds that the candidate left out are missing at the end. */
  readonly ms: readonly number[];
}

/** Why a candidate is not among the measurements of a case. */
export interface Absence {
  readonly candidate: CandidateSetup;
  readonly reason: string;
}

export interface CaseResult {
  readonly measurements: readonly Measurement[];
  readonly absences: readonly Absence[];
}

export interface Repetitions {
  readonly rounds: number;
  /** Seconds for a single call, above which a candidate is left out. */
  readonly callLimit: number;
}

const WARM_UPS = 3;
/** Milliseconds: short calls are repeated within a turn until it takes this long. */
const TURN = 20;
/** Milliseconds in a case after which a candidate has had its turns, if there were at least LEAST_ROUNDS. */
const BUDGET = 10_000;
const LEAST_ROUNDS = 3;
/** Relative difference of digests: of sums in another order, or of training with other initial values. */
const TOLERANCE = { gemm: 1e-3, convolution: 1e-3, epoch: 0.05 } as const;

interface Participant extends Running {
  readonly flops: number;
  readonly times: number;
  readonly digest: number;
  readonly ms: number[];
}

/** Lets all candidates compute a case in turn, each round in another order, and drops those with a different result. */
export async function measureCase(
  what: Case,
  candidates: readonly Running[],
  { rounds, callLimit }: Repetitions,
  onRound: (round: number) => void,
): Promise<CaseResult> {
  const absences: Absence[] = [];
  const participants: Participant[] = [];
  for (const candidate of candidates) {
    const attempt = await unlessUnable(() => enter(candidate, what, callLimit));
    if (attempt instanceof UnableError) absences.push({ candidate: candidate.setup, reason: attempt.message });
    else participants.push(attempt);
  }
  const rotation = new Set(verifyResults(participants, TOLERANCE[what.kind], absences));
  for (let round = 0; round < rounds; round++) {
    onRound(round);
    for (const candidate of rotated([...rotation], round)) {
      const failure = await unlessUnable(() => takeTurn(candidate, round));
      if (!failure) continue;
      rotation.delete(candidate);
      absences.push({ candidate: candidate.setup, reason: failure.message });
    }
  }
  const measurements = [...rotation].map(({ setup: candidate, flops, ms }) => ({ candidate, flops, ms }));
  return { measurements, absences };
}

/** Starts with another element each time. */
function rotated<T>(all: readonly T[], by: number): T[] {
  const first = by % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

/** Prepares and warms up, and determines how many calls make a turn. */
async function enter({ setup, process }: Running, what: Case, callLimit: number): Promise<Participant> {
  const { flops = flopsOf(what) } = await process.ask({ ask: 'prepare', case: what }, 'prepared');
  let ms = Infinity;
  for (let i = 0; i < WARM_UPS; i++) {
    ms = (await process.ask({ ask: 'run', times: 1 }, 'timed', callLimit)).ms;
    if (ms > BUDGET / LEAST_ROUNDS) break;
  }
  let times = Math.ceil(TURN / ms);
  // Compilers finish late, and single calls start with sleeping threads: so once more as in the rounds.
  if (times > 1) times = Math.ceil(TURN / (await process.ask({ ask: 'run', times }, 'timed')).ms);
  const { value: digest } = await process.ask({ ask: 'digest' }, 'digest');
  return { setup, process, flops, times, digest, ms: [] };
}

/** One turn; a slow candidate gets fewer of them. */
async function takeTurn({ process, times, ms }: Participant, round: number): Promise<void> {
  const spent = ms.reduce((sum, sample) => sum + sample * times, 0);
  if (ms.length < round || (round >= LEAST_ROUNDS && spent > BUDGET)) return;
  ms.push((await process.ask({ ask: 'run', times }, 'timed')).ms);
}

/** The first candidate that is not a ceiling defines the right result: it is checked by the tests of `nn`. */
function verifyResults(candidates: readonly Participant[], tolerance: number, absences: Absence[]): Participant[] {
  const right = candidates.find(({ setup }) => !setup.isCeiling)?.digest ?? NaN;
  return candidates.filter(({ setup, digest }) => {
    if (setup.isCeiling || Math.abs(digest - right) <= tolerance * Math.abs(right)) return true;
    absences.push({ candidate: setup, reason: `computes something else: ${digest} instead of ${right}` });
    return false;
  });
}

async function unlessUnable<T>(attempt: () => Promise<T>): Promise<T | UnableError> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof UnableError) return error;
    throw error;
  }
}
