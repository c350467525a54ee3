import { expect } from '@jest/globals';
import type { Student } from '../../model/student.ts';
import { attemptCalled, studentCalled } from './attemptCalled.ts';
import { attemptOf, recordFailure } from './attempts.ts';
import { applyChanges, hold, notYetApplied, undoLast } from './changes.ts';
import { courseAssignment, setPolicy } from './assignments.ts';
import { countResult, saveResult } from './results.ts';
import { publishAgain, publishAsBefore, supersededScores } from './published.ts';
import { historyOf } from './history.ts';
import { joinStudents } from './joinStudents.ts';
import { countingTeams } from './teams.ts';
import { ada, grade, handedIn, HW, publishAll, record, report, rowsOf } from '../test/homework.ts';
import { onEach } from '../test/onEach.ts';

onEach('a regrading that is applied can be undone, and published scores are remembered', async (book) => {
  await courseAssignment(book, HW);
  const attempt = await record(book, handedIn([ada], 'd'));
  const oldResult = await grade(book, attempt.id, 'k1');
  const newResult = await saveResult(book, {
    attempt: attempt.id,
    gradings: ['k2'],
    rubric: 'r',
    report,
    isFull: true,
  });
  const change = { attempt: attempt.id, oldResult, newResult, reason: '' };
  await book.write((db) => applyChanges(db, [change], 'Grace'));
  const applied = await book.read((db) => attemptCalled(db, 'ada@example.org', undefined));
  expect(applied).toMatchObject({ result: newResult, held: 1 });
  await expect(book.write((db) => applyChanges(db, [change], 'Grace'))).rejects.toThrow(/changed meanwhile/);
  expect(await publishAll(book)).toBe(1);
  expect(await publishAll(book)).toBe(0);
  await book.write((db) => undoLast(db, HW.id));
  expect(await book.read((db) => attemptCalled(db, '41', HW.id))).toMatchObject({ result: oldResult, held: 1 });
  await expect(book.write((db) => undoLast(db, HW.id))).rejects.toThrow(/no regrading was applied/);
  const person = await book.read((db) => studentCalled(db, 'Ada Lovelace'));
  const events = await book.read((db) => historyOf(db, person.id));
  expect(events.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['handed in', 'graded', 'regraded', 'published']),
  );
});

const POLICIES = [
  ['best', 'team'],
  ['latest', 'alone'],
  ['latest-in-time', 'team'],
] as const;

for (const [counts, whose] of POLICIES)
  onEach(`who handed in with a team and alone has one score everywhere: counts ${counts}`, async (book) => {
    await courseAssignment(book, HW);
    await setPolicy(book, HW.id, { counts });
    const alan: Student = { name: 'Alan Turing', ids: { sid: '2' } };
    const due = { at: '2026-11-02T00:00:00.000Z', isExtended: false, terms: () => '' };
    const both = await record(book, handedIn([ada, alan], 'd1', { received: '2026-11-01T00:00:00.000Z', due }));
    const alone = await record(book, handedIn([ada], 'd2', { received: '2026-11-03T00:00:00.000Z', due }));
    await grade(book, both.id, 'k1');
    await grade(book, alone.id, 'k2');
    const late = { score: 4, late_seconds: 86_400 };
    await book.write((db) => db.updateTable('attempts').set({ score: 9 }).where('id', '=', both.id).execute());
    await book.write((db) => db.updateTable('attempts').set(late).where('id', '=', alone.id).execute());
    const chosen = whose === 'team' ? both : alone;
    const works = await book.read((db) => countingTeams(db, HW.id));
    expect(works.map(({ counting, students }) => [counting.id, students.map(({ name }) => name)])).toEqual(
      whose === 'team'
        ? [[both.id, ['Ada Lovelace', 'Alan Turing']]]
        : [
            [alone.id, ['Ada Lovelace']],
            [both.id, ['Alan Turing']],
          ],
    );
    await publishAll(book);
    const rows = (await rowsOf(book)).map(({ student, standings: [{ score, published }] }) => [
      ...[student.name, score, published],
    ]);
    const expected = chosen === both ? 9 : 4;
    expect(rows).toEqual([
      ['Ada Lovelace', expected, expected],
      ['Alan Turing', 9, 9],
    ]);
    expect(await book.read((db) => attemptCalled(db, '0012345', HW.id))).toMatchObject({ id: chosen.id });
  });

onEach('a published score after which another one counts is named, with both', async (book) => {
  await courseAssignment(book, HW);
  const superseded = async () =>
    (await book.read((db) => supersededScores(db, HW.id))).map(({ student, ...scores }) => [student.name, scores]);
  const first = await record(book, handedIn([ada], 'd1'));
  await grade(book, first.id, 'k1');
  expect(await superseded()).toEqual([]);
  await publishAll(book);
  expect(await superseded()).toEqual([]);
  const published = (await book.read((db) => attemptOf(db, first.id)))!.score;
  await book.write((db) => db.updateTable('attempts').set({ score: 0.5 }).where('id', '=', first.id).execute());
  expect(await superseded()).toEqual([['Ada Lovelace', { published, score: 0.5 }]]);
  await record(book, handedIn([ada], 'd2'));
  expect(await superseded()).toEqual([['Ada Lovelace', { published, score: undefined }]]);
});

onEach('what is undone was never published: the students know the score before again', async (book) => {
  await courseAssignment(book, HW);
  const { id, team } = await record(book, handedIn([ada], 'd'));
  const first = await grade(book, id, 'k1');
  const scored = (score: number) =>
    book.write(async (db) => void (await db.updateTable('attempts').set({ score }).where('id', '=', id).execute()));
  const apply = async (oldResult: string, newResult: string, score: number) => {
    const change = { attempt: id, oldResult, newResult, reason: '' };
    const batch = await book.write((db) => applyChanges(db, [change], 'Grace'));
    await scored(score);
    await book.write((db) => publishAgain(db, HW.id, [team], 'Grace', batch));
  };
  const undo = async (score: number) => {
    const { batch } = await book.write((db) => undoLast(db, HW.id));
    await scored(score);
    await book.write((db) => publishAsBefore(db, HW.id, batch, 'Grace'));
  };
  const known = async () => (await rowsOf(book))[0].standings[0].published;
  await scored(4);
  await publishAll(book);
  await scored(5);
  await apply(first, 'second', 3);
  await apply('second', 'third', 2);
  expect(await known()).toBe(2);
  await undo(3);
  expect(await known()).toBe(3);
  await undo(5);
  expect(await known()).toBe(4);
  // What somebody has published since is known whatever is undone.
  await apply(first, 'second', 3);
  await scored(3.5);
  await publishAll(book);
  await undo(5);
  expect(await known()).toBe(3.5);
});

onEach('a result counts only if nobody has decided on another meanwhile', async (book) => {
  const attempt = await record(book, handedIn([ada], 'd'));
  const oldResult = await grade(book, attempt.id, 'k1');
  const newResult = await saveResult(book, {
    ...{ attempt: attempt.id, gradings: ['k2'], rubric: 'r', report, isFull: true },
  });
  const asRead = (await book.read((db) => attemptOf(db, attempt.id)))!;
  await book.write((db) => hold(db, [attempt.id]));
  expect(await book.write((db) => countResult(db, asRead, newResult, report))).toBe(false);
  await recordFailure(book, attempt.id, 'ungradable', 'it does not compile');
  expect(await book.read((db) => attemptOf(db, attempt.id))).toMatchObject({ result: oldResult, held: 1 });
});

onEach('a change that another command has applied is not applied again', async (book) => {
  const attempt = await record(book, handedIn([ada], 'd'));
  const oldResult = await grade(book, attempt.id, 'k1');
  const change = { attempt: attempt.id, oldResult, newResult: 'r2', reason: '' };
  expect(await book.read((db) => notYetApplied(db, [change]))).toEqual([change]);
  await book.write((db) => applyChanges(db, [change], 'Grace'));
  expect(await book.read((db) => notYetApplied(db, [change]))).toEqual([]);
});

onEach(
  'scores that two knew who were published together are both in the history once they are joined',
  async (book) => {
    await courseAssignment(book, HW);
    const al: Student = { name: 'al', email: 'al@y.org', ids: {} };
    const scores = [ada, al].map((student, at) => ({ student, score: at + 3 }));
    for (const { student, score } of scores) {
      const { id } = await record(book, handedIn([student], student.name));
      await grade(book, id, student.name);
      await book.write((db) => db.updateTable('attempts').set({ score }).where('id', '=', id).execute());
    }
    expect(await publishAll(book)).toBe(2);
    const [student, other] = await book.read((db) => Promise.all([ada, al].map(({ name }) => studentCalled(db, name))));
    await book.write((db) => joinStudents(db, student, other, 'Grace'));
    const events = await book.read((db) => historyOf(db, student.id));
    const published = events.flatMap(({ what, detail }) => (what === 'published' ? detail.split(' ')[0] : []));
    expect(published.sort()).toEqual(['3', '4']);
    // What the first of the two knew is what the student knows.
    expect((await rowsOf(book)).map(({ standings }) => standings[0].published)).toEqual([3]);
  },
);
