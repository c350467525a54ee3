import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment, Criterion } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { Finding, Status } from '../model/outcome.ts';
import type { MutantOutcome } from '../model/proofReport.ts';
import { type Base, examinedCriteria, type Mutant, type rightSubmissions } from './AssignmentMutants.ts';
import type { Examined, InProcessExaminer } from './inProcess/InProcessExaminer.ts';

/** Ten times as long as the slowest criterion takes that is examined in one process. */
const CRITERION_SECONDS = 4;
/** Criteria that start teams wait for their members. */
const LATER_SECONDS = 30;
const SEARCH_SECONDS = 60;
/** The module of an assignment's tests that compares a submission with the reference on random calls. */
const SEARCH = 'search.ts';

const LOST: ReadonlySet<Status> = new Set(['failed', 'partial', 'not-attempted']);

interface MutantExaminerOptions {
  readonly assignment: Assignment;
  readonly right: ReturnType<typeof rightSubmissions>;
  /** Whether the right submissions are known to pass. */
  readonly isRightProved: boolean;
  readonly examiner: InProcessExaminer;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/**
 * Examines mutants on the criteria of correctness of the file that was changed. Those that need others come second, and
 * only for a mutant that has lost none of the first: after a loss they would examine the reference's file.
 */
export class MutantExaminer {
  readonly #options: MutantExaminerOptions;
  readonly #stages: readonly (readonly Criterion[])[];
  /** Right submissions by base and file. */
  readonly #checked = new Map<string, Promise<void>>();
  #search: Promise<Search> | undefined;

  constructor(options: MutantExaminerOptions) {
    this.#options = options;
    const criteria = examinedCriteria(options.assignment);
    this.#stages = [
      criteria.filter(({ needs }) => needs.length === 0),
      criteria.filter(({ needs }) => needs.length > 0),
    ];
  }

  /**
   * @throws UsageError if the right submission itself loses a criterion of the file: its mutants would prove nothing
   */
  async outcomeOf(mutant: Mutant): Promise<MutantOutcome> {
    const { base, file, text, inside, line, operator, was, becomes } = mutant;
    const files = new Map([...this.#options.right.get(base)!.files, [file, text]]);
    const about = { base, file, inside, line, operator, was, becomes };
    if (!this.#options.isRightProved) await this.#requireRight(base, file);
    const found = await this.#examine(file, files);
    if (found.reason !== undefined) return { ...about, ...found, status: 'undecided' };
    if (found.lost.length > 0 || found.ended) return { ...about, ...found, status: 'killed' };
    return { ...about, lost: [], status: 'survived', search: await this.#searchFor(files) };
  }

  #requireRight(base: Base, file: string): Promise<void> {
    const key = `${base} ${file}`;
    const checked = this.#checked.get(key) ?? this.#checkRight(base, file);
    this.#checked.set(key, checked);
    return checked;
  }

  async #checkRight(base: Base, file: string): Promise<void> {
    const { lost, ended, reason } = await this.#examine(file, this.#options.right.get(base)!.files);
    const what = reason ?? ended ?? lost.join(', ');
    if (what !== '') throw new UsageError(`the ${base} solution does not pass its own suites: ${what}`);
  }

  async #examine(
    file: string,
    files: ReadonlyMap<string, string>,
  ): Promise<Pick<MutantOutcome, 'lost' | 'ended' | 'reason'>> {
    for (const [stage, criteria] of this.#stages.entries()) {
      const selected = criteria.filter(({ examines }) => examines.includes(file)).map(({ id }) => id);
      if (selected.length === 0) continue;
      const seconds = stage === 0 ? CRITERION_SECONDS : LATER_SECONDS;
      const examined = await this.#inProcess(files, selected, seconds);
      const result = resultOf(examined);
      if (result.lost.length > 0 || result.ended || result.reason !== undefined) return result;
    }
    return { lost: [] };
  }

  #inProcess(
    deliverables: ReadonlyMap<string, string>,
    selected: readonly string[],
    criterionSeconds: number,
    { assignment, suite }: Partial<Search> = {},
  ): Promise<Examined> {
    const { examiner, seed, signal } = this.#options;
    return examiner.examine({
      assignment: assignment ?? this.#options.assignment,
      suite,
      deliverables,
      selected,
      seed,
      criterionSeconds,
      // A difference that a search finds is shown.
      verdictsOnly: suite === undefined,
      signal,
    });
  }

  /** Looks for a call on which a survivor and the reference differ. */
  async #searchFor(files: ReadonlyMap<string, string>): Promise<NonNullable<MutantOutcome['search']>> {
    const search = await (this.#search ??= this.#openSearch());
    if (search.suite === undefined) return { cases: 0 };
    const { findings, ended } = await this.#inProcess(files, [SEARCH_CRITERION.id], SEARCH_SECONDS, search);
    if (ended !== undefined) return { cases: 0, difference: `a call ended its process: ${ended}` };
    const [{ status, reason }] = findings;
    if (status === 'grader-error') throw new Error(`tests/${search.assignment.id}/${SEARCH}: ${reason}`);
    return LOST.has(status) ? { cases: SEARCH_CASES, difference: reason } : { cases: SEARCH_CASES };
  }

  async #openSearch(): Promise<Search> {
    const { assignment, examiner } = this.#options;
    const source = join(assignment.folders.tests, SEARCH);
    const rubric = [{ group: 'Search', criteria: [SEARCH_CRITERION] }];
    const suite = existsSync(source) ? await examiner.bundleSuite(source) : undefined;
    return { assignment: { ...assignment, rubric }, suite };
  }
}

interface Search {
  readonly assignment: Assignment;
  readonly suite: string | undefined;
}

const SEARCH_CASES = 1000;

/** The search is a suite with one criterion, so that it runs as the suites do. */
const SEARCH_CRITERION: Criterion = {
  id: 'search.difference',
  title: 'No call distinguishes it from the reference',
  asks: 'Every call gives what the reference gives.',
  points: 0,
  kind: 'correctness',
  visibility: 'visible',
  bonus: false,
  examines: [],
  needs: [],
  beside: [],
  settings: { cases: SEARCH_CASES },
};

function resultOf({ findings, ended, during }: Examined): Pick<MutantOutcome, 'lost' | 'ended' | 'reason'> {
  const fault = findings.find(({ status }: Finding) => status === 'grader-error');
  if (fault) return { lost: [], reason: `${fault.id}: ${fault.reason.split('\n')[0]}` };
  const lost = findings.filter(({ status }) => LOST.has(status)).map(({ id }) => id);
  // What was being examined when it ended is lost as well.
  return ended === undefined ? { lost } : { lost: during === undefined ? lost : [...lost, during], ended };
}
