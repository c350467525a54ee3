import { join } from 'node:path';
import { expect } from '@jest/globals';
import { setPolicy } from '../gradebook/store/assignments.ts';
import { studentCalled } from '../gradebook/store/attemptCalled.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { joinStudents } from '../gradebook/store/joinStudents.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import { readClass } from './handInsOf.ts';
import { markDoubles } from './markDoubles.ts';
import { failedRow } from './rows.ts';
import { classOf, folders } from './test/classOf.ts';
import { assignment, grade, onBook, record } from './test/recorded.ts';

const ENTRIES = folders('ada@x.org', 'al@y.org', 'cy@x.org');

/** Of each row, the one that counts in its place. */
async function marked(book: CourseGradebook, counts: Counts, works: (source: string) => string) {
  const { handIns } = await readClass(classOf(ENTRIES), 'class', assignment);
  const rows = handIns.map((each) => ({ ...failedRow(each, 'ungradable', 'nothing'), digest: works(each.source) }));
  const after = await markDoubles({ book, assignment, handIns, out: join(book.folder, 'hw'), counts }, rows);
  return after.map(({ source, countsInstead }) => [source, countsInstead]);
}

const joinBoth = (book: CourseGradebook) =>
  book.write(async (db) =>
    joinStudents(db, await studentCalled(db, 'ada@x.org'), await studentCalled(db, 'al@y.org'), 'Grace'),
  );

const POLICIES = [
  ['latest', 'al@y.org', 'the one that was handed in last or, if no times are known, the last by name'],
  ['best', 'ada@x.org', 'the one with the best score'],
] as const;

for (const [counts, counting, said] of POLICIES)
  onBook(`of two rows of one student, one names the other, which counts: ${counts}`, async (book) => {
    await setPolicy(book, assignment.id, { counts });
    const works = (source: string) => `work of ${source}`;
    const { attempts } = await record(book, ENTRIES, { works, counts });
    for (const attempt of attempts.values()) await grade(book, attempt);
    await book.write(async (db) => {
      await db.updateTable('attempts').set({ score: 1 }).where('source', '=', 'al@y.org').execute();
    });
    expect((await marked(book, counts, works)).flatMap(([, instead]) => instead ?? [])).toEqual([]);
    await joinBoth(book);
    const { notes } = await record(book, ENTRIES, { works, counts });
    const expected = ['ada@x.org', 'al@y.org', 'cy@x.org'].map((source) => [
      source,
      source === counting || source === 'cy@x.org' ? undefined : counting,
    ]);
    expect(await marked(book, counts, works)).toEqual(expected);
    expect(notes).toEqual([
      `ada@x.org and al@y.org belong to one student; the gradebook keeps both, and counts ${said}`,
    ]);
  });

onBook('of the same work that one student handed in twice one row counts', async (book) => {
  const works = (source: string) => (source === 'cy@x.org' ? 'another' : 'same');
  await record(book, ENTRIES, { works });
  await joinBoth(book);
  await record(book, ENTRIES, { works });
  expect(await marked(book, 'latest', works)).toEqual([
    ['ada@x.org', 'al@y.org'],
    ['al@y.org', undefined],
    ['cy@x.org', undefined],
  ]);
});
