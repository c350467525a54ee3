import { readKnownMistakes } from '../../class/commonMistakes.ts';
import { classReportOf } from '../../class/classReportOf.ts';
import { teamsToCount } from '../../course/countedTeams.ts';
import { studentOf } from '../../course/countingScores.ts';
import { absentFrom } from '../../gradebook/store/absentFrom.ts';
import { enrolmentsOf } from '../../gradebook/store/enrolments.ts';
import type { Person } from '../../gradebook/store/people.ts';
import { stampOf } from '../../gradebook/store/CourseGradebook.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { isPending } from '../../model/outcome.ts';
import { filterGroups } from '../../report/class/groups.ts';
import type { Desk } from '../Desk.ts';
import { shortened } from '../frame/shortened.ts';
import { ClassRows } from './ClassRows.ts';

/** A row of the class with what only the desk shows of it. */
export interface ClassEntry {
  readonly row: ClassRow;
  readonly section: string;
  readonly attempts: number;
  /** What the class can be filtered by. */
  readonly groups: ReadonlySet<string>;
}

/** A class as the gradebook has it. */
export interface ClassView {
  readonly report: ClassReport;
  readonly entries: readonly ClassEntry[];
  /** Whether the roster has sections. */
  readonly hasSections: boolean;
}

/** The group of those of whom points of a criterion are pending. */
export const waitingGroup = (criterion: number): string => `w${criterion}`;

interface Made {
  readonly rows: ClassRows;
  stamp: string | undefined;
  view: Promise<ClassView>;
}

const made = new WeakMap<Assignment, Made>();

/** Everybody in the course with what counts of their work; made again only when something has changed. */
export async function classView(desk: Pick<Desk, 'root' | 'book'>, assignment: Assignment): Promise<ClassView> {
  const stamp = await stampOf(desk.book);
  const last = made.get(assignment);
  if (last && stamp !== undefined && last.stamp === stamp) return last.view;
  const rows = last?.rows ?? new ClassRows(assignment);
  const view = newView(desk, assignment, rows);
  const now: Made = { rows, stamp, view };
  made.set(assignment, now);
  // What failed is tried again for the next one who asks.
  view.catch(() => (now.stamp = undefined));
  return view;
}

async function newView(
  { root, book }: Pick<Desk, 'root' | 'book'>,
  assignment: Assignment,
  known: ClassRows,
): Promise<ClassView> {
  const { teams, worked, absent, sections } = await book.read(async (db) => {
    const counting = await teamsToCount(db, assignment);
    // Before the first hand-in of an assignment, no student is missing.
    const absent = counting.length > 0 ? await absentFrom(db, assignment.id) : [];
    const teams = counting.map(({ team }) => team);
    const ids = [...teams.flatMap(({ students }) => students), ...absent].map(({ id }) => id);
    return { teams, worked: await known.of(db, counting), absent, sections: await enrolmentsOf(db, ids) };
  });
  const rows = [...worked, ...absent.map(absentRow)];
  const report = classReportOf({ root, assignment, seed: 0, only: [] }, rows, knownMistakes(assignment));
  const people = [...teams.map(({ students }) => students), ...absent.map((person) => [person])];
  const groups = filterGroups(report);
  const entries = rows.map((row, at) => ({
    row,
    section: [...new Set(people[at].map(({ id }) => sections.get(id)?.section ?? ''))].filter(Boolean).join(', '),
    attempts: teams[at]?.attempts.length ?? 0,
    groups: new Set([...groups[at], ...waitingGroups(report, row)]),
  }));
  return { report, entries, hasSections: entries.some(({ section }) => section !== '') };
}

const waitingGroups = ({ criteria }: ClassReport, row: ClassRow): string[] =>
  criteria.flatMap(({ id }, at) => {
    const status = row.criteria[id]?.status;
    return status !== undefined && isPending(status) ? [waitingGroup(at)] : [];
  });

const absentRow = (person: Person): ClassRow => ({
  id: Object.values(person.ids)[0] ?? '',
  name: shortened(person.name),
  students: [studentOf(person)],
  isLate: false,
  source: '',
  status: 'absent',
  message: 'handed in nothing',
  criteria: {},
});

const known = new Map<string, ReturnType<typeof readKnownMistakes>>();

/** Read once: they are files of the repository. */
function knownMistakes({ folders: { tests } }: Assignment): ReturnType<typeof readKnownMistakes> {
  const read = known.get(tests) ?? readKnownMistakes(tests);
  known.set(tests, read);
  return read;
}
