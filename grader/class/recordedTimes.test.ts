import { expect } from '@jest/globals';
import { attemptCalled, studentCalled } from '../gradebook/store/attemptCalled.ts';
import { type Attempt, attemptOf } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { setPolicy } from '../gradebook/store/assignments.ts';
import { countingAttempt, orderOfAttempts } from '../gradebook/store/countingAttempt.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import { joinStudents } from '../gradebook/store/joinStudents.ts';
import { addName } from '../gradebook/store/personFor.ts';
import { teamsFor } from '../gradebook/store/teams.ts';
import { Deadlines, NO_DEADLINES } from '../model/deadlines.ts';
import { settleTeam } from '../course/settleTeam.ts';
import type { RosterEntry } from './roster/readRoster.ts';
import { files, folders } from './test/classOf.ts';
import { assignment, onBook, record, grade, ADA, TEAMS, UNREADABLE } from './test/recorded.ts';

const deadlines = (more: object) => ({
  ...Deadlines.parse({ due: '2026-11-20T09:00Z', ...more }),
  isOfAll: true,
});

onBook('an extension that is given later is that of earlier attempts as well', async (book) => {
  await setPolicy(book, assignment.id, { counts: 'best' });
  const late = (day: number) => ({ handedIn: { ada: `2026-11-${day}T09:00Z` } });
  const first = await record(book, folders('ada'), { works: () => 'good', deadlines: deadlines(late(21)) });
  await grade(book, first.attempts.get('ada')!);
  const { team } = first.attempts.get('ada')!;
  const before = (await settleTeam(book, assignment, team)).get(first.attempts.get('ada')!.id)!;
  expect(before.totals.late?.seconds).toBe(86_400);
  const extensions = { ada: '4 days' };
  await record(book, folders('ada'), { works: () => 'bad', deadlines: deadlines({ ...late(22), extensions }) });
  const counting = await book.read((db) => attemptCalled(db, 'ada', assignment.id));
  expect(counting).toMatchObject({ digest: 'good', late_seconds: 0 });
});

onBook('the extensions of a file are all there are, and one that ends is named', async (book) => {
  const handedIn = { ada: '2026-11-22T09:00Z', bob: '2026-11-22T09:00Z' };
  const run = (more: object) => record(book, folders('ada', 'bob'), { deadlines: deadlines({ handedIn, ...more }) });
  const duesIn = ({ attempts }: { attempts: ReadonlyMap<string, Attempt> }) =>
    [...attempts.values()].map(({ due }) => due.slice(8, 10));
  expect(duesIn(await run({ extensions: { ada: '3 days' } }))).toEqual(['23', '20']);
  const corrected = await run({ due: '2026-11-20T10:00 Europe/Berlin', extensions: { bob: '3 days' } });
  expect(corrected.notes).toEqual([
    'ada: the deadlines have no extension for them any more; due 2026-11-20T10:00 Europe/Berlin again',
  ]);
  expect(duesIn(corrected)).toEqual(['20', '23']);
  const dueOnly = await record(book, folders('ada', 'bob'), {
    deadlines: { ...deadlines({ handedIn }), isOfAll: false },
  });
  expect(duesIn(dueOnly)).toEqual(['20', '23']);
});

/** Whether the work of each source is late. */
const lateIn = (book: CourseGradebook, { attempts }: { attempts: ReadonlyMap<string, Attempt> }) =>
  book.read((db) =>
    Promise.all([...attempts.values()].map(async ({ id }) => ((await attemptOf(db, id))?.late_seconds ?? 0) > 0)),
  );

onBook('a due date holds for students who are new in a later download, and replaces no other', async (book) => {
  const handedIn = { ada: '2026-11-22T09:00Z', bob: '2026-11-22T09:00Z', cleo: '2026-11-20T09:05Z' };
  const timesOnly = { ...Deadlines.parse({ handedIn }), isOfAll: true };
  const late = async (deadlines: Deadlines, ...names: string[]) =>
    lateIn(book, await record(book, folders(...names), { deadlines }));
  expect(await late(timesOnly, 'ada')).toEqual([false]);
  const first = deadlines({ handedIn, extensions: { ada: '3 days' }, grace: '10 minutes' });
  expect(await late(first, 'ada')).toEqual([false]);
  expect(await late(timesOnly, 'ada', 'bob', 'cleo')).toEqual([false, true, false]);
});

onBook('an extension follows its student into another team', async (book) => {
  const handedIn = { al12: '2026-11-22T09:00Z' };
  const late = async (roster: readonly RosterEntry[], deadlines: Deadlines) =>
    lateIn(book, await record(book, folders('al12'), { roster, deadlines }));
  expect(await late([ADA], deadlines({ handedIn, extensions: { al12: '3 days' } }))).toEqual([false]);
  expect(await late(TEAMS, Deadlines.parse({ handedIn }))).toEqual([false]);
  expect(await late(TEAMS, deadlines({ handedIn }))).toEqual([true]);
});

/** Joins the students of these names. */
const join = (book: CourseGradebook, student: string, other: string) =>
  book.write(async (db) => joinStudents(db, await studentCalled(db, student), await studentCalled(db, other), 'Grace'));

const ZOE_AND_AL = ['zoe@x.org', 'al@y.org'] as const;
for (const [extended, other] of [ZOE_AND_AL, [...ZOE_AND_AL].reverse()])
  onBook(`an extension of ${extended} is that of ${other} once they are joined`, async (book) => {
    const handedIn = { [extended]: '2026-11-23T08:00Z', [other]: '2026-11-22T09:00Z' };
    const run = async (more: object, ...names: string[]) => {
      const recorded = await record(book, folders(...names, 'cy'), { deadlines: deadlines({ handedIn, ...more }) });
      const times = [...recorded.attempts].filter(([source]) => source !== 'cy');
      return {
        notes: recorded.notes,
        times: times.map(([, { due, received }]) => [due.slice(8, 10), received.slice(8, 10)]),
      };
    };
    await run({}, extended, other);
    await join(book, 'zoe@x.org', 'al@y.org');
    const extensions = { [extended]: '3 days' };
    // A download that has only the other name, in which no one has the name of the extension.
    expect(await run({ extensions }, other)).toEqual({ notes: [], times: [['23', '22']] });
    const both = await run({ extensions }, ...ZOE_AND_AL);
    expect(both.times.toSorted()).toEqual([
      ['23', '22'],
      ['23', '23'],
    ]);
    expect(both.notes).toEqual([expect.stringContaining('belong to one student')]);
  });

onBook('a hand-in time under a name that only the gradebook has counts if no other name has one', async (book) => {
  await record(book, folders(...ZOE_AND_AL));
  await join(book, ...ZOE_AND_AL);
  const handedIn = { 'zoe@x.org': '2026-11-22T09:00Z' };
  const received = async (...names: string[]) =>
    [...(await record(book, folders(...names), { deadlines: deadlines({ handedIn }) })).attempts.values()].map(
      ({ received }) => received.slice(8, 10),
    );
  expect(await received('al@y.org')).toEqual(['22']);
});

onBook('a name that two in the gradebook have gives neither more time, and both are named', async (book) => {
  await record(book, folders('al@y.org', 'bo@y.org', 'cy@x.org', 'dan@x.org'));
  for (const [student, name] of [
    ['al@y.org', 'cy@x.org'],
    ['bo@y.org', 'dan@x.org'],
  ])
    await join(book, student, name);
  await book.write(async (db) => {
    for (const student of ['al@y.org', 'bo@y.org'])
      await addName(db, (await studentCalled(db, student)).id, 'Wei Zhang');
  });
  const run = { deadlines: deadlines({ extensions: { 'Wei Zhang': '3 days' } }) };
  const { notes, attempts } = await record(book, folders('al@y.org', 'bo@y.org'), run);
  expect(notes[0]).toMatch(/^"Wei Zhang" in the deadlines may be al@y.org.* or bo@y.org.*, and was left out/);
  expect([...attempts.values()].map(({ due }) => due.slice(8, 10))).toEqual(['20', '20']);
});

onBook('times without a zone are in that of the due date, in a later run as well', async (book) => {
  const times = (...students: string[]) =>
    files(...students.map((student) => `HW1_${student}_attempt_2026-11-20-09-30-15_hw.zip`));
  const due = { ...NO_DEADLINES, due: { at: '2026-11-20T08:00:00.000Z', zone: 'Europe/Berlin' } };
  expect(await lateIn(book, await record(book, times('ada'), { deadlines: due }))).toEqual([true]);
  expect(await lateIn(book, await record(book, times('ada', 'bob')))).toEqual([true, true]);
});

onBook('all attempts of a download are kept in their order, also if their times are unknown', async (book) => {
  const versions = (...numbers: number[]) =>
    Object.fromEntries(numbers.map((number) => [`ada@x.org_${number}_hw.zip`, 'file']));
  const sourcesIn = async () => {
    const [{ attempts }] = (await book.read((db) => teamsFor(db, assignment.id))).teams;
    return attempts.toSorted(orderOfAttempts('latest')).map(({ source, folder }) => `${source} ${folder}`);
  };
  await record(book, versions(1, 2));
  expect(await sourcesIn()).toEqual(['ada@x.org_1_hw.zip hw/ada_x.org/attempts/1', 'ada@x.org_2_hw.zip hw/ada_x.org']);
  for (let run = 0; run < 2; run++) {
    await record(book, versions(1, 2, 9, 10));
    expect(await sourcesIn()).toEqual([
      'ada@x.org_1_hw.zip hw/ada_x.org/attempts/1',
      'ada@x.org_2_hw.zip hw/ada_x.org/attempts/2',
      'ada@x.org_9_hw.zip hw/ada_x.org/attempts/3',
      'ada@x.org_10_hw.zip hw/ada_x.org',
    ]);
  }
});

/** Versions of Ada's work in Autolab's form, each with a letter that says what was handed in; a dot cannot be read. */
const autolab = (works: string) => ({
  entries: Object.fromEntries([...works].map((_, at) => [`ada@x.org_${at + 1}_hw.zip`, 'file'])),
  run: {
    works: (source: string) => {
      const letter = works[Number(/_(\d+)_/u.exec(source)![1]) - 1];
      return letter === '.' ? UNREADABLE : `work ${letter}`;
    },
  },
});

const counted = async (book: CourseGradebook) => {
  const [{ attempts }] = (await book.read((db) => teamsFor(db, assignment.id))).teams;
  return [countingAttempt(attempts, 'latest')!.source, attempts.length];
};

onBook('of a download with the same work twice, the last version counts', async (book) => {
  const { entries, run } = autolab('xyx');
  await record(book, entries, run);
  expect(await counted(book)).toEqual(['ada@x.org_3_hw.zip', 2]);
});

onBook('work that is handed in again without a change is as old as it was', async (book) => {
  const seen = async (works: Readonly<Record<number, string>>, counts: Counts) => {
    const days = files(...Object.keys(works).map((day) => `HW1_ada_attempt_2026-11-${day}-10-00-00_hw.zip`));
    const workOf = (source: string) => works[Number(/2026-11-(\d\d)/u.exec(source)![1])];
    const { attempts } = await record(book, days, { deadlines: deadlines({}), works: workOf, counts });
    const recorded = await Promise.all([...attempts.values()].map(({ id }) => book.read((db) => attemptOf(db, id))));
    return recorded.map(
      (each) => `${each!.digest} ${each!.received.slice(8, 10)}${each!.late_seconds > 0 ? ' late' : ''}`,
    );
  };
  for (let run = 0; run < 2; run++) expect(await seen({ 18: 'x', 21: 'x' }, 'latest')).toEqual(['x 18']);
  const between = { 18: 'x', 19: 'y', 21: 'x' };
  expect(await seen(between, 'latest')).toEqual(['x 21 late', 'y 19']);
  for (const counts of ['best', 'latest-in-time'] as const)
    expect(await seen(between, counts)).toEqual(['x 18', 'y 19']);
});

onBook('downloads that grow, are short, or are graded again leave the last version of the last one', async (book) => {
  for (const [works, counts] of [
    ['x', ['ada@x.org_1_hw.zip', 1]],
    ['xy', ['ada@x.org_2_hw.zip', 2]],
    ['xyx', ['ada@x.org_3_hw.zip', 2]],
    ['xy', ['ada@x.org_2_hw.zip', 2]],
    ['xyx', ['ada@x.org_3_hw.zip', 2]],
  ] as const) {
    const { entries, run } = autolab(works);
    await record(book, entries, run);
    expect(await counted(book)).toEqual(counts);
  }
  const { entries, run } = autolab('xyx');
  await record(book, entries, { ...run, out: 'elsewhere' });
  expect(await counted(book)).toEqual(['ada@x.org_3_hw.zip', 2]);
});

onBook('an older download does not count again if the platform numbers attempts', async (book) => {
  const counts = async (works: string, from = 0) => {
    const { entries, run } = autolab(works);
    await record(book, Object.fromEntries(Object.entries(entries).slice(from)), run);
    return (await counted(book))[0];
  };
  expect(await counts('xy')).toBe('ada@x.org_2_hw.zip');
  expect(await counts('x')).toBe('ada@x.org_2_hw.zip');
  expect(await counts('xyzu', 3)).toBe('ada@x.org_4_hw.zip');
  expect(await counts('xyz', 2)).toBe('ada@x.org_4_hw.zip');
});

onBook('a line says that a time which was given is taken for several attempts', async (book) => {
  const { entries, run } = autolab('xy');
  const handedIn = { 'ada@x.org': '2026-11-19T09:00Z' };
  const { attempts, atEnd } = await record(book, entries, { ...run, deadlines: deadlines({ handedIn }) });
  expect(atEnd).toEqual(['the hand-in time that was given is taken for all attempts of ada@x.org']);
  expect(new Set([...attempts.values()].map(({ received }) => received)).size).toBe(1);
});

onBook('an attempt that cannot be read keeps its place when later ones come', async (book) => {
  for (const works of ['.', '.y', '.y.', '.y.']) {
    const { entries, run } = autolab(works);
    await record(book, entries, run);
    expect(await counted(book)).toEqual([`ada@x.org_${works.length}_hw.zip`, works.length]);
  }
});

onBook('a due date that is given later makes no second attempt of one that cannot be read', async (book) => {
  const times = ['2026-11-18-08-00-00', '2026-11-19-08-00-00'];
  const entries = Object.fromEntries(times.map((time) => [`hw1_ada_attempt_${time}_hw.zip`, 'file']));
  const works = (source: string) => (source.includes('11-18') ? UNREADABLE : 'work');
  await record(book, entries, { works });
  await record(book, entries, { works, deadlines: deadlines({ handedIn: { ada: '2026-11-19T09:00Z' } }) });
  expect(await counted(book)).toEqual([`hw1_ada_attempt_${times[1]}_hw.zip`, 2]);
  const [{ attempts }] = (await book.read((db) => teamsFor(db, assignment.id))).teams;
  expect(attempts.map(({ received }) => received).sort()).toEqual([
    '2026-11-18T08:00:00.000Z',
    '2026-11-19T09:00:00.000Z',
  ]);
});
