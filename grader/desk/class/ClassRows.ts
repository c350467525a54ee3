import { createHash } from 'node:crypto';
import { type CountedTeam, type CountingTeam, ofCountedTeams } from '../../course/countedTeams.ts';
import { studentOf } from '../../course/countingScores.ts';
import type { Database } from '../../gradebook/store/tables.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { ClassRow } from '../../model/classReport.ts';
import { shortened, shownNames } from '../frame/shortened.ts';

/**
 * The rows of a class, each made again only if something about its team has changed: counting the points of everybody in a
 * large class takes a second, and most changes are about one student.
 */
export class ClassRows {
  readonly #assignment: Assignment;
  #known = new Map<string, { readonly about: string; readonly row: ClassRow }>();

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
  }

  /** In the order of the teams. */
  async of(db: Database, teams: readonly CountingTeam[]): Promise<ClassRow[]> {
    const now = teams.map((each) => ({ each, about: digestOf(each) }));
    const changed = now.filter(({ each, about }) => this.#known.get(each.team.team)?.about !== about);
    const works = changed.map(({ each }) => each);
    const made = await ofCountedTeams(db, this.#assignment, works, rowOf);
    const known = new Map(changed.map(({ each, about }, at) => [each.team.team, { about, row: made[at] }]));
    // Those who are not in the class any more are forgotten.
    this.#known = new Map(
      teams.map(({ team: { team } }) => [team, known.get(team) ?? this.#known.get(team)!] as const),
    );
    return teams.map(({ team: { team } }) => this.#known.get(team)!.row);
  }
}

/** Of everything that a row is made from; a result never changes. */
const digestOf = ({ team: { counting, students }, entries }: CountingTeam): string =>
  createHash('sha1')
    .update(JSON.stringify([counting, students, entries]))
    .digest('base64');

/** The folder of a row is the team of the gradebook. */
function rowOf({ team, result, score }: CountedTeam): ClassRow {
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
    ...(result && result.leftOut.length > 0 && { leftOut: result.leftOut.map((reason) => shortened(reason)) }),
    criteria: cellsOf(score, result),
  };
}

/** With what the result says of speeds and causes: people give neither. */
function cellsOf(score: CountedTeam['score'], result: CountedTeam['result']): ClassRow['criteria'] {
  const cells: ClassRow['criteria'] = {};
  for (const { id, status, earned } of score?.outcomes ?? []) cells[id] = { status, earned };
  for (const { id, ratio, cause } of result?.outcomes ?? []) {
    if (ratio !== undefined) cells[id].ratio = ratio;
    if (cause !== undefined) cells[id].cause = cause;
  }
  return cells;
}
