import { groupBy } from '../common/groupBy.ts';
import { type Assignment, criteriaOf, type Criterion } from '../model/assignment.ts';

/** A row of the rubric that students could misunderstand, or that is not what it seems. */
export interface Lint {
  readonly id: string;
  readonly problem: string;
}

type Rubric = Pick<Assignment, 'rubric' | 'bonus' | 'late'>;

/**
 * What a reader of the rubric would stumble over: rows that do not say what is asked, points that nobody can earn, and
 * a visibility that gives hidden inputs away.
 */
export function lintRubric(assignment: Rubric): Lint[] {
  const rows = criteriaOf(assignment);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [
    ...rows.flatMap((row) =>
      [...unclear(row), ...unreachable(row, assignment, byId), ...revealing(row, assignment, rows)].map((problem) => ({
        id: row.id,
        problem,
      })),
    ),
    ...sameTitles(assignment),
  ];
}

const FEWEST_WORDS = 3;
const UNFINISHED = /\b(?:TODO|FIXME|TBD)\b/u;

/** Letters decide what a text says, and not punctuation or case. */
const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function* unclear({ title, asks }: Criterion): Iterable<string> {
  if (UNFINISHED.test(`${title} ${asks}`)) yield 'its text is unfinished';
  const words = wordsIn(asks);
  if (words.length < FEWEST_WORDS || words.join(' ') === wordsIn(title).join(' '))
    yield `asks "${asks}" says no more than the title; say what must hold`;
}

function* unreachable(
  { points, bonus, needs, notMeasurable }: Criterion,
  assignment: Rubric,
  byId: ReadonlyMap<string, Criterion>,
): Iterable<string> {
  if (points > 0 && notMeasurable !== undefined) yield `nobody can earn its points: ${notMeasurable}`;
  if (bonus && assignment.bonus.cap === 0) yield 'nobody can earn its bonus: bonus.cap is 0';
  const missing = needs.find((id) => byId.get(id)?.notMeasurable !== undefined);
  if (missing !== undefined) yield `needs ${missing}, which is never passed because no machine can examine it`;
}

/**
 * All criteria that are not visible draw their inputs from one seed. After the due date the inputs of some are shown; who
 * hands in late may have seen them.
 */
function* revealing(row: Criterion, { late }: Rubric, rows: readonly Criterion[]): Iterable<string> {
  if (late === undefined || row.visibility !== 'after-due' || row.kind !== 'correctness') return;
  const hidden = rows.filter(
    ({ visibility, kind, examines }) =>
      visibility === 'hidden' && kind === 'correctness' && examines.some((path) => row.examines.includes(path)),
  );
  if (hidden.length > 0)
    yield `is after-due, and late work is accepted: it may show inputs of ${hidden.map(({ id }) => id).join(', ')}`;
}

const sameTitles = ({ rubric }: Rubric): Lint[] =>
  rubric.flatMap(({ group, criteria }) =>
    [...groupBy(criteria, ({ title }) => title.trim()).values()]
      .filter(({ length }) => length > 1)
      .map(([first, second]) => ({
        id: second.id,
        problem: `has the title of ${first.id}, in the same group ${group}`,
      })),
  );
