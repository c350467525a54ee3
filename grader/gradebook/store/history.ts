import { attemptsOf, teamsOf } from './attempts.ts';
import { ownEntriesOf } from './entries.ts';
import type { Database } from './tables.ts';

/** One thing that happened to a student's work. */
export interface HistoryEvent {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly assignment: string;
  readonly what:
    | 'handed in'
    | 'graded'
    | 'ungradable'
    | 'points'
    | 'deduction'
    | 'comment'
    | 'bonus'
    | 'no-place'
    | 'regraded'
    | 'undone'
    | 'published'
    | 'joined'
    | 'asked'
    | 'answered';
  readonly detail: string;
  /** Who did it; empty if nobody is named. */
  readonly by: string;
}

/** Every attempt, grading and decision of a student, the oldest first. */
export async function historyOf(db: Database, student: string): Promise<HistoryEvent[]> {
  const teams = await teamsOf(db, student);
  const attempts = await attemptsOf(db, teams, undefined);
  const events: HistoryEvent[] = [];
  for (const { id, assignment, digest, received, recorded, source, state, reason } of attempts) {
    const work = digest.slice(0, 8);
    const about = { assignment, by: '' };
    events.push({
      ...about,
      at: received === '' ? recorded : received,
      what: 'handed in',
      detail: `${source} (${work})`,
    });
    if (state === 'ungradable') events.push({ ...about, at: recorded, what: 'ungradable', detail: reason });
    for (const { at, earned, possible, seeds } of await resultsOf(db, id))
      events.push({ ...about, at, what: 'graded', detail: `${earned} of ${possible} (${work}, seed ${seeds})` });
    events.push(...(await changesOf(db, id, assignment)));
  }
  for (const team of teams)
    for (const assignment of new Set(attempts.filter((each) => each.team === team).map((each) => each.assignment)))
      events.push(...(await givenTo(db, assignment, team)));
  events.push(...(await publishedFor(db, teams)), ...(await joinsOf(db, student)), ...(await requestsOf(db, student)));
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What the gradings of an attempt came to, before people had their say. */
async function resultsOf(db: Database, attempt: string) {
  const results = await db.selectFrom('results').selectAll().where('attempt', '=', attempt).execute();
  return Promise.all(
    results.map(async ({ id, at, gradings }) => ({ at, ...(await scoreOf(db, id)), ...(await seedsOf(db, gradings)) })),
  );
}

async function scoreOf(db: Database, result: string): Promise<{ earned: number; possible: number }> {
  const rows = await db
    .selectFrom('outcomes')
    .selectAll()
    .where('result', '=', result)
    .where('bonus', '=', 0)
    .execute();
  const counted = rows.filter(({ status }) => COUNTED.has(status));
  const sum = (of: 'earned' | 'points') => Math.round(counted.reduce((all, row) => all + row[of], 0) * 100) / 100;
  return { earned: sum('earned'), possible: sum('points') };
}

const COUNTED = new Set(['passed', 'partial', 'failed', 'not-attempted']);

async function seedsOf(db: Database, gradings: string): Promise<{ seeds: string }> {
  const rows = await db.selectFrom('gradings').select('seed').where('key', 'in', gradings.split(' ')).execute();
  return { seeds: [...new Set(rows.map(({ seed }) => seed))].join(', ') };
}

async function changesOf(db: Database, attempt: string, assignment: string): Promise<HistoryEvent[]> {
  const rows = await db.selectFrom('changes').selectAll().where('attempt', '=', attempt).execute();
  return Promise.all(
    rows.map(async ({ at, old_result: before, new_result: after, given_by: by, undone }) => {
      const [old, now] = [await scoreOf(db, before), await scoreOf(db, after)];
      const change = old.earned === now.earned ? `${now.earned}, as before` : `${old.earned} → ${now.earned}`;
      const detail = `${change}${undone === '' ? '' : `, undone ${undone.slice(0, 10)}`}`;
      return { at, assignment, what: 'regraded' as const, detail, by };
    }),
  );
}

async function givenTo(db: Database, assignment: string, team: string): Promise<HistoryEvent[]> {
  return (await ownEntriesOf(db, assignment, team)).map(({ at, kind, criterion, file, line, points, note, by }) => {
    const place =
      [criterion, file === '' ? '' : `${file}${line > 0 ? `:${line}` : ''}`].filter(Boolean).join(' ') ||
      'the whole work';
    if (kind === 'no-place') {
      const detail = `${points > 0 ? 'takes no place on the leaderboard' : 'takes part in the leaderboard again'} (${note})`;
      return { at, assignment, what: kind, detail, by };
    }
    const detail = kind === 'comment' ? `${place}: ${note}` : `${place}: ${points} (${note})`;
    return { at, assignment, what: kind, detail, by };
  });
}

async function publishedFor(db: Database, teams: readonly string[]): Promise<HistoryEvent[]> {
  if (teams.length === 0) return [];
  const rows = await db.selectFrom('published').selectAll().where('team', 'in', teams).execute();
  return rows.map(({ assignment, at, score, out_of: outOf, given_by: by }) => ({
    ...{ at, assignment, what: 'published' as const, detail: `${score} of ${outOf}`, by },
  }));
}

async function joinsOf(db: Database, student: string): Promise<HistoryEvent[]> {
  const rows = await db.selectFrom('joins').selectAll().where('student', '=', student).execute();
  return rows.map(({ at, other, given_by: by }) => ({ at, assignment: '', what: 'joined', detail: other, by }));
}

/** What the student asked to be looked at again, and what was answered. */
async function requestsOf(db: Database, student: string): Promise<HistoryEvent[]> {
  const rows = await db.selectFrom('requests').selectAll().where('student', '=', student).execute();
  return rows.flatMap(({ assignment, criterion, text, at, given_by, answer, answered, answered_by }) => {
    const about = criterion === '' ? '' : `${criterion}: `;
    const asked = { at, assignment, what: 'asked' as const, detail: `${about}${text}`, by: given_by };
    const reply = { at: answered, assignment, what: 'answered' as const, detail: `${about}${answer}`, by: answered_by };
    return answered === '' ? [asked] : [asked, reply];
  });
}
