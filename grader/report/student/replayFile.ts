import type { Counterexample } from '../../model/evidence.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';

/** These parts are the same since version 1, which is all that a handout from the beginning of a course reads. */
const OLDEST_VERSION = 1;

/** The parts of a report that `grade replay` in the handout reads; undefined if there is nothing to run again. */
export function replayFile(student: ScoreReport): string | undefined {
  const outcomes = student.outcomes
    .map(({ id, title, evidence }) => ({ id, title, evidence: evidence.filter(isReplayable) }))
    .filter(({ evidence }) => evidence.length > 0);
  if (outcomes.length === 0) return undefined;
  const { schema, assignment } = student;
  return JSON.stringify({ schema, version: OLDEST_VERSION, assignment, outcomes });
}

/** The command that runs a criterion's counterexamples again in the handout; undefined if there are none. */
export function replayCommand({ id, evidence }: Outcome): string | undefined {
  return evidence.some(isReplayable) ? `npx grade replay ${REPLAY_FILE} ${id}` : undefined;
}

/** The name under which the file is saved. */
export const REPLAY_FILE = 'replay.json';

const isReplayable = (evidence: Outcome['evidence'][number]): evidence is Counterexample =>
  evidence.type === 'counterexample' && evidence.replay !== undefined && evidence.expected !== undefined;
