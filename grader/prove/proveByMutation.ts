import { createHash } from 'node:crypto';
import { inPool } from '../common/inPool.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { MutantOutcome, PROOF_REPORT_VERSION, type ProofReport } from '../model/proofReport.ts';
import { type Mutant, mutantsOfAssignment, rightSubmissions } from './AssignmentMutants.ts';
import { explainSurvivor, markEquivalent, readEquivalents, readExplained, refutedBy } from './equivalents.ts';
import { InProcessExaminer } from './inProcess/InProcessExaminer.ts';
import { MutantExaminer } from './MutantExaminer.ts';
import type { ProofJournal } from './ProofJournal.ts';
import { summarise } from './summarise.ts';
import { graderVersion } from '../host/graderVersion.ts';

export interface ProofOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly seed: number;
  /** At most this many mutants, drawn by the seed; all if undefined. */
  readonly sample: number | undefined;
  /** Only of the reference, which is known to pass its suites: it is not examined first. */
  readonly isReferenceProved?: boolean;
  /** Mutants at a time. */
  readonly jobs: number;
  readonly journal: ProofJournal;
  readonly sandbox: Sandbox;
  readonly progress: ProofProgress;
  readonly signal: AbortSignal;
}

export interface ProofProgress {
  begin(mutants: number): void;
  /** @param isNew - false if an earlier run had examined it */
  finished(outcome: MutantOutcome, isNew: boolean): void;
}

/**
 * Changes the right submissions of an assignment by machine, one mistake each, and examines which of them the suites
 * notice. Every outcome is in the journal before it counts.
 *
 * @returns undefined if the signal came first
 * @throws UsageError if a right submission does not pass
 */
export async function proveByMutation(options: ProofOptions): Promise<ProofReport | undefined> {
  const { root, assignment, seed, sandbox, signal, isReferenceProved = false } = options;
  const right = rightSubmissions(assignment);
  const all = mutantsOfAssignment(assignment, right);
  const drawnFrom = isReferenceProved ? all.filter(({ base }) => base === 'reference') : all;
  const examiner = new InProcessExaminer(root, sandbox);
  try {
    const mutants = new MutantExaminer({ assignment, right, isRightProved: isReferenceProved, examiner, seed, signal });
    const outcomes = await examineAll(options, mutants, drawn(drawnFrom, options));
    return outcomes && reportOf(options, all.length, outcomes);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await examiner.close();
  }
}

async function examineAll(
  { jobs, journal, progress, signal }: ProofOptions,
  examiner: MutantExaminer,
  mutants: readonly Mutant[],
): Promise<MutantOutcome[] | undefined> {
  const outcomes: MutantOutcome[] = [];
  progress.begin(mutants.length);
  await inPool(mutants, jobs, signal, async (mutant, index) => {
    const known = await journal.read(mutant);
    // Its fields in the order of the schema: a report is the same whether or not an earlier run had examined a mutant.
    const outcome = known ?? MutantOutcome.parse(await examiner.outcomeOf(mutant));
    if (signal.aborted) return;
    if (!known && outcome.status !== 'undecided') await journal.write(mutant, outcome);
    outcomes[index] = outcome;
    progress.finished(outcome, !known);
  });
  return signal.aborted ? undefined : outcomes;
}

/** The sample, in an order that only the seed and the mutants determine. */
function drawn(all: readonly Mutant[], { seed, sample = all.length }: ProofOptions): Mutant[] {
  const placed = all.map((mutant) => ({ mutant, place: placeOf(mutant, seed) }));
  return placed
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, sample)
    .map(({ mutant }) => mutant);
}

const placeOf = ({ base, file, operator, text }: Mutant, seed: number): string =>
  createHash('sha256')
    .update(JSON.stringify([seed, base, file, operator, text]))
    .digest('hex');

function reportOf(
  { root, assignment, seed }: ProofOptions,
  possible: number,
  examined: readonly MutantOutcome[],
): ProofReport {
  const known = readEquivalents(assignment.folders.tests);
  const explained = readExplained(assignment.folders.tests);
  const outcomes = examined.map((outcome) => explainSurvivor(markEquivalent(outcome, known), explained));
  const { id, title, version } = assignment;
  return {
    schema: 'im2grade/proof-report',
    version: PROOF_REPORT_VERSION,
    assignment: { id, title, version },
    grader: graderVersion(root),
    seed,
    possible,
    ...summarise(assignment, outcomes),
    mutants: outcomes.toSorted(bySource),
    refuted: refutedBy(outcomes, known),
  };
}

const bySource = (a: MutantOutcome, b: MutantOutcome): number =>
  b.base.localeCompare(a.base) || a.file.localeCompare(b.file) || a.line - b.line;
