import { readKnownMistakes } from '../../class/commonMistakes.ts';
import { classReportOf } from '../../class/classReportOf.ts';
import { type CountedTeam, countedTeams } from '../../course/countedTeams.ts';
import { studentOf } from '../../course/countingScores.ts';
import { absentFrom } from '../../gradebook/store/absentFrom.ts';
import { enrolmentsOf } from '../../gradebook/store/enrolments.ts';
import type { Person } from '../../gradebook/store/people.ts';
import { stampOf } from '../../gradebook/store/CourseGradebook.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { isPending } from '../../model/outcome.ts';
import { filterGroupsOf } from '../../report/class/groups.ts';
import type { Desk } from '../Desk.ts';
import { shortened, shownNames } from '../frame/shortened.ts';

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
}

/** The group of those of whom points of a criterion are pending. */
export const waitingGroup = (criterion: number): string => `w${criterion}`;

const made = new WeakMap<Assignment, { readonly stamp: string; readonly view: ClassView }>();

/** Everybody in the course with what counts of their work; made again only when something has changed. */
export async function classView(desk: Pick<Desk, 'root' | 'book'>, assignment: Assignment): Promise<ClassView> {
  const stamp = await stampOf(desk.book);
  const last = made.get(assignment);
  if (last && last.stamp === stamp) return last.view;
  const view = await newView(desk, assignment);
  if (stamp !== undefined) made.set(assignment, { stamp, view });
  return view;
}

/** The folder of a row is the team of the gradebook. */
async function newView({ root, book }: Pick<Desk, 'root' | 'book'>, assignment: Assignment): Promise<ClassView> {
  const { teams, absent, sections } = await book.read(async (db) => {
    const teams = await countedTeams(db, assignment);
    // Before the first hand-in of an assignment, no student is missing.
    const absent = teams.length > 0 ? await absentFrom(db, assignment.id) : [];
    const ids = [...teams.flatMap(({ team }) => team.students), ...absent].map(({ id }) => id);
    return { teams, absent, sections: await enrolmentsOf(db, ids) };
  });
  const rows = [...teams.map(rowOf), ...absent.map(absentRow)];
  const report = classReportOf({ root, assignment, seed: 0, only: [] }, rows, knownMistakes(assignment));
  const people = [...teams.map(({ team }) => team.students), ...absent.map((person) => [person])];
  const entries = rows.map((row, at) => ({
    row,
    section: [...new Set(people[at].map(({ id }) => sections.get(id)?.section ?? ''))].filter(Boolean).join(', '),
    attempts: teams[at]?.team.attempts.length ?? 0,
    groups: new Set([...filterGroupsOf(report, row, at), ...waitingGroups(report, row)]),
  }));
  return { report, entries };
}

const waitingGroups = ({ criteria }: ClassReport, row: ClassRow): string[] =>
  criteria.flatMap(({ id }, at) => {
    const status = row.criteria[id]?.status;
    return status !== undefined && isPending(status) ? [waitingGroup(at)] : [];
  });

function rowOf({ team, score }: CountedTeam): ClassRow {
  const { counting, students } = team;
  return {
    id: shortened(students.flatMap(({ ids }) => Object.values(ids).slice(0, 1)).join(', ')),
    name: shownNames(team),
    students: students.map(studentOf),
    isLate: counting.late_seconds > 0,
    source: counting.source,
    status: score ? 'graded' : counting.state === 'ungradable' ? 'ungradable' : 'grader-error',
    message: score ? '' : shortened(counting.reason || 'not graded yet'),
    folder: team.team,
    ...(score && { totals: score.totals }),
    criteria: Object.fromEntries(
      (score?.outcomes ?? []).map(({ id, status, earned }) => [id, { status, earned }] as const),
    ),
  };
}

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
