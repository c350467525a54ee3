import { inPool } from '../common/inPool.ts';
import { applyEntries } from '../gradebook/applyEntries.ts';
import type { Attempt } from '../gradebook/store/attempts.ts';
import type { Change } from '../gradebook/store/changes.ts';
import { missingReport } from '../gradebook/store/missingReport.ts';
import { givenTo } from '../gradebook/store/entries.ts';
import { gradingRows } from '../gradebook/store/gradings.ts';
import {
  fullerResult,
  readReportedResult,
  readResult,
  type ReportedResult,
  resultIdOf,
  saveResult,
} from '../gradebook/store/results.ts';
import type { Database, GradingTable } from '../gradebook/store/tables.ts';
import { countingTeams, namesOf, type TeamAttempts, teamsFor } from '../gradebook/store/teams.ts';
import { criteriaOf } from '../model/assignment.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { Because, ProposalItem } from '../model/proposal.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import { exportedScore } from '../report/text/exportedScore.ts';
import { becauseOf } from './becauseOf.ts';
import { changedCriteria } from './changedCriteria.ts';
import { withCounting } from './countingChange.ts';
import { passesOf, wholePasses } from '../grade/passes.ts';
import { type Found, GradingRunner, type RunnerOptions } from './GradingRunner.ts';
import { seedOf } from '../engines/gradingKey.ts';
import { mergeReports } from './mergeReports.ts';
import { storedSubmission } from './storedSubmission.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';

export interface RegradeOptions extends RunnerOptions {
  /** Of the class, for work that was never graded. */
  readonly classSeed: number;
  /** Examine on other inputs than before. */
  readonly seed: number | undefined;
  /** Called before each attempt with its number, from 1. */
  readonly began: (number: number, of: number, students: string) => unknown;
}

/** What a regrading would change of an attempt. */
export interface Regraded {
  readonly item: ProposalItem;
  readonly change: Change;
  readonly team: string;
}

/** The same of the attempt alone, before the other attempts of its team are known. */
export interface Compared extends Omit<Regraded, 'item'> {
  readonly item: Omit<ProposalItem, 'team' | 'attempt' | 'counting'>;
}

/** What came of grading anew. */
export interface Regrading {
  /** Number of attempts that were looked at. */
  readonly attempts: number;
  readonly changed: readonly Regraded[];
  /** Those whose work the grader or the machine failed at. */
  readonly failed: readonly string[];
}

/**
 * Grades the attempts that count anew, if the assignment, the grader or the seed has changed since, and compares. Nothing
 * that counts is changed. Work that was graded in part is graded in the same part, or in the larger one that was examined
 * after it was published.
 */
export async function regrade(options: RegradeOptions): Promise<Regrading> {
  const { book, assignment, signal } = options;
  const { counts, jobs } = await book.read((db) => attemptsToRegrade(db, assignment.id));
  const regrader = new Regrader(options);
  const works = [];
  for (const { team, attempt } of jobs) {
    const work = await regrader.workOf(team, attempt);
    if (work) works.push(work);
  }
  await inPool(works, await options.engine.width('untimed'), signal, (work) =>
    regrader.examine(work, work.passes.slice(0, 1)).then(() => undefined),
  );
  const compared = new Array<Compared | undefined>(works.length).fill(undefined);
  const pass = (await regrader.knowsAll(works)) ? 'untimed' : 'timed';
  await inPool(works, await options.engine.width(pass), signal, async (work, index) => {
    options.began(index + 1, works.length, work.students);
    compared[index] = await regrader.compare(work);
  });
  const changed = compared.filter((each) => each !== undefined);
  return { attempts: jobs.length, changed: withCounting(changed, jobs, counts), failed: regrader.failed };
}

/** Those that count; all if the best one counts, as any may be the best afterwards. */
async function attemptsToRegrade(db: Database, assignment: string) {
  const { counts, teams } = await teamsFor(db, assignment);
  const jobs =
    counts === 'best'
      ? teams.flatMap((team) => team.attempts.map((attempt) => ({ team, attempt })))
      : (await countingTeams(db, assignment)).map((team) => ({ team, attempt: team.counting }));
  return { counts, jobs };
}

interface AttemptWork {
  readonly attempt: Attempt;
  readonly students: string;
  readonly submission: Submission;
  readonly path: string;
  readonly seed: number;
  readonly before: ReportedResult | undefined;
  /** The known result that says which criteria are examined; all if undefined. */
  readonly like: ReportedResult | undefined;
  readonly passes: readonly string[][];
}

class Regrader {
  readonly #options: RegradeOptions;
  readonly #runner: GradingRunner;
  readonly failed: string[] = [];

  constructor(options: RegradeOptions) {
    this.#options = options;
    this.#runner = new GradingRunner(options);
  }

  /** Undefined if its deliverables are not known, or nothing has changed since it was graded. */
  async workOf(team: TeamAttempts, attempt: Attempt): Promise<AttemptWork | undefined> {
    const { book, assignment, classSeed } = this.#options;
    const fuller = await book.read((db) => fullerResult(db, attempt));
    if (fuller === '' && (await this.#isUnchanged(attempt))) return undefined;
    const before = await readReportedResult(book, attempt.result);
    const submission = await storedSubmission(book, assignment, attempt, before?.report);
    if (attempt.result !== '' && (!submission || !before)) throw missingReport(book, attempt);
    if (!submission) return undefined;
    const [first] = before ? await gradingRows(book, before.gradings) : [];
    const like = fuller === '' ? before : await readReportedResult(book, fuller);
    const seed = this.#options.seed ?? first?.seed ?? seedOf(classSeed, attempt.digest);
    return {
      ...{ attempt, students: namesOf(team), submission, path: attempt.source, seed, before, like },
      passes: this.#passes(like),
    };
  }

  /** True if grading it anew would only measure it again. */
  async #isUnchanged(attempt: Attempt): Promise<boolean> {
    const { book, seed: wanted } = this.#options;
    const result = await readResult(book, attempt.result);
    if (!result || !book.reports.has(result.report)) return false;
    const { program, rubric } = this.#runner;
    const { gradings, id } = result;
    if (resultIdOf({ attempt: attempt.id, gradings, rubric }) !== id) return false;
    const rows = await gradingRows(book, gradings);
    const isSame = ({ assignment_sources: assignment, grader_sources: grader, seed }: GradingTable) =>
      assignment === program.assignment && grader === program.grader && seed === (wanted ?? seed);
    return rows.length > 0 && rows.every(isSame);
  }

  #passes(like: ReportedResult | undefined): string[][] {
    const { assignment } = this.#options;
    if (!like || like.isFull) return wholePasses(assignment);
    const there = new Set(criteriaOf(assignment).map(({ id }) => id));
    const examined = like.report.outcomes.map(({ id }) => id).filter((id) => there.has(id));
    const { untimed, timed } = passesOf(assignment, examined);
    return [untimed, timed].filter((criteria) => criteria.length > 0);
  }

  /** True if no work has to be examined. */
  async knowsAll(works: readonly AttemptWork[]): Promise<boolean> {
    for (const work of works) if (!(await this.#runner.knows(work, work.passes))) return false;
    return true;
  }

  async examine(work: AttemptWork, passes: readonly string[][]): Promise<Found[]> {
    return this.#runner.gradings(work, passes);
  }

  async compare(work: AttemptWork): Promise<Compared | undefined> {
    const { book, assignment } = this.#options;
    const { attempt, before, like } = work;
    const found = await this.examine(work, work.passes);
    const refused = found.flatMap(({ grading }) => (grading.type === 'ungradable' ? [grading.message] : []))[0];
    const reports = found.flatMap(({ grading }) => (grading.type === 'graded' ? [grading.report] : []));
    // What the grader failed at is no result, and changes nothing.
    if (reports.some(({ outcomes }) => hasGraderError(outcomes))) {
      this.failed.push(work.students);
      return undefined;
    }
    const because = await this.#because(work, found);
    const old = before && (await this.#settled(attempt, before.report));
    const common = { students: work.students, before: old && exportedScore(old.totals).score, because };
    if (refused !== undefined) {
      if (!before) return undefined;
      const reason = refused.split('\n')[0];
      const change = { attempt: attempt.id, oldResult: before.id, newResult: '', reason };
      return { team: attempt.team, change, item: { ...common, after: undefined, reason, criteria: [] } };
    }
    const merged = mergeReports(assignment, reports);
    const report = { ...merged, grading: { ...merged.grading, only: like?.report.grading.only ?? [] } };
    const result = {
      attempt: attempt.id,
      gradings: found.map(({ key }) => key),
      rubric: this.#runner.rubric,
      report,
      isFull: like?.isFull ?? true,
    };
    if (resultIdOf(result) === before?.id) return undefined;
    const settled = await this.#settled(attempt, report);
    const criteria = changedCriteria(old?.outcomes ?? [], settled.outcomes);
    const newResult = await saveResult(book, result);
    const after = exportedScore(settled.totals).score;
    if (criteria.length === 0 && after === common.before) return undefined;
    const change = { attempt: attempt.id, oldResult: before?.id ?? '', newResult, reason: '' };
    return { team: attempt.team, change, item: { ...common, after, reason: '', criteria } };
  }

  async #settled(attempt: Attempt, report: ScoreReport): Promise<ScoreReport> {
    const { book, assignment } = this.#options;
    const entries = await givenTo(book, assignment.id, attempt.team);
    return applyEntries(assignment, report, entries, timesOfAttempt(attempt));
  }

  async #because({ attempt, before, like }: AttemptWork, found: readonly Found[]): Promise<Because[]> {
    if (!before) return ['not graded before'];
    const [old, now] = await Promise.all(
      [before.gradings, found.map(({ key }) => key)].map((keys) => gradingRows(this.#options.book, keys)),
    );
    const { gradings, id } = before;
    const anew = resultIdOf({ attempt: attempt.id, gradings, rubric: this.#runner.rubric });
    const because = becauseOf(old, now, anew === id);
    return like === before ? because : ['more criteria', ...because.filter((reason) => reason !== 'measured again')];
  }
}
