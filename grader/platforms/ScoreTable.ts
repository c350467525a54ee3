import { foldedText } from '../common/foldedText.ts';
import { UsageError } from '../model/errors.ts';
import type { Outcome, ScoreReport, Totals } from '../model/report.ts';
import { IdSystem, type Student } from '../model/student.ts';
import { participantsOf } from './participantsOf.ts';

/** One student as a gradebook has it: each member of a team has a row. */
export interface ScoreRow extends Student {
  /** The report or the submission, as messages call it. */
  readonly source: string;
  /** Undefined if there is nothing that was graded; a platform has no score then, or 0. */
  readonly result?: ScoreResult | undefined;
  /** Why there is no result; empty if there is one. */
  readonly reason: string;
  /** True if the student is on the roster and handed in nothing. */
  readonly isAbsent: boolean;
}

export interface ScoreResult {
  readonly gradedAt: string;
  readonly totals: Totals;
  /** Points by criterion. */
  readonly earned: ReadonlyMap<string, number>;
}

/** What a table needs of a score report. */
export interface ScoredWork extends Pick<ScoreReport, 'assignment' | 'totals'> {
  readonly submission: Pick<ScoreReport['submission'], 'name' | 'students'>;
  readonly grading: Pick<ScoreReport['grading'], 'startedAt' | 'only'>;
  readonly outcomes: readonly Pick<Outcome, 'id' | 'points' | 'earned'>[];
}

/** Students without a result, and why. */
export interface Ungraded {
  readonly name: string;
  readonly students: readonly Student[];
  readonly reason: string;
  readonly isAbsent: boolean;
}

/** The scores of the students of one assignment. */
export interface ScoreTable {
  readonly assignment: { readonly id: string; readonly title: string };
  readonly criteria: readonly { readonly id: string; readonly points: number }[];
  readonly rows: readonly ScoreRow[];
}

/**
 * The table of some score reports, a row for each student.
 *
 * @param paths - where the reports are, for messages
 * @throws UsageError if there is no report, if they are not all of one version of one assignment, or if two are of one
 *   student
 */
export function scoreTableOf(
  reports: readonly ScoredWork[],
  ungraded: readonly Ungraded[] = [],
  paths: readonly string[] = [],
): ScoreTable {
  const [first] = reports;
  if (!first) throw new UsageError(ungraded.length > 0 ? 'nobody in the class has a score' : 'no report was named');
  const versionOf = ({ assignment }: ScoredWork): string => `${assignment.id}, version ${assignment.version}`;
  const other = reports.find((report) => versionOf(report) !== versionOf(first));
  if (other) {
    throw new UsageError(
      `${other.submission.name} is graded as ${versionOf(other)}, ${first.submission.name} as ${versionOf(first)}: export them one by one`,
    );
  }
  const criteria = new Map(reports.flatMap(({ outcomes }) => outcomes.map(({ id, points }) => [id, points] as const)));
  const nameless = reports.filter(({ submission }) => submission.students.length === 0);
  const byName = participantsOf(nameless.map(({ submission }) => submission.name));
  const rows = [
    ...reports.flatMap((report, at) => rowsOf(report, byName, paths[at] ?? report.submission.name)),
    ...ungraded.flatMap(({ name, students, reason, isAbsent }) =>
      students.map((student) => ({ ...student, source: name, reason, isAbsent })),
    ),
  ];
  requireOneEach(rows);
  return { assignment: first.assignment, criteria: [...criteria].map(([id, points]) => ({ id, points })), rows };
}

function rowsOf(
  { submission, grading, totals, outcomes }: ScoredWork,
  byName: ReadonlyMap<string, Student>,
  source: string,
): ScoreRow[] {
  const { name, students } = submission;
  const result = {
    gradedAt: grading.startedAt,
    totals,
    earned: new Map(outcomes.map(({ id, earned }) => [id, earned])),
  };
  return (students.length > 0 ? students : [byName.get(name)!]).map((student) => ({
    ...student,
    source,
    result,
    reason: '',
    isAbsent: false,
  }));
}

/** @throws UsageError if an id is in two rows: an importer would take either of the scores */
function requireOneEach(rows: readonly ScoreRow[]): void {
  for (const system of IdSystem.options) {
    const owners = new Map<string, ScoreRow>();
    for (const row of rows) {
      const id = row.ids[system];
      if (id === undefined) continue;
      const earlier = owners.get(foldedText(id));
      if (earlier) {
        throw new UsageError(
          `${earlier.source} and ${row.source} are both of ${row.name} (${system} ${id}): name the report that counts, and leave out the other`,
        );
      }
      owners.set(foldedText(id), row);
    }
  }
}

/** Ids that other systems may know too, the most common first. */
const SHARED: readonly IdSystem[] = ['login', 'sid'];

/** The id of a student for a gradebook that has one column for it; the address or the name if there is none. */
export function idOf({ ids, email, name }: Student): string {
  const system = [...SHARED, ...IdSystem.options].find((each) => ids[each] !== undefined);
  return system === undefined ? (email ?? name) : ids[system]!;
}

/** True if a name may be a login: folders are often named by it. */
export const isLoginLike = (name: string): boolean => /^[\p{L}\p{N}._@+-]+$/u.test(name);
