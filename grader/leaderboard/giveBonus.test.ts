import { expect } from '@jest/globals';
import { historyOf } from '../gradebook/store/history.ts';
import { joinStudents } from '../gradebook/store/joinStudents.ts';
import { studentCalled } from '../gradebook/store/attemptCalled.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { rowsOf } from '../gradebook/test/homework.ts';
import { onEach } from '../gradebook/test/onEach.ts';
import { countingScores } from '../course/countingScores.ts';
import { giveBonus, proposedAwards, takeBackBonus } from './giveBonus.ts';
import { rankedTeams } from './RankedTeam.ts';
import { type RankedAssignment, standingsOf } from './standingsOf.ts';
import { handIn, rankedHomework, ROOT, student } from './test/rankedClass.ts';

const [ada, bob, eve, kim] = ['Ada', 'Bob', 'Eve', 'Kim'].map(student);
const exact = (value: number) => ({ value, within: 0 });
const at = (day: number) => ({ received: `2026-11-0${day}T00:00:00.000Z` });

const teamsOf = async (book: CourseGradebook, assignment: RankedAssignment) =>
  rankedTeams(assignment.leaderboard, await standingsOf(ROOT, book, assignment));

/** Gives the bonus by the places as they are, and returns what has changed: before and after by the names. */
async function give(book: CourseGradebook, assignment: RankedAssignment) {
  const awards = proposedAwards(assignment.leaderboard, await teamsOf(book, assignment));
  await giveBonus(book, assignment, awards, 'Grace');
  return awards.map(({ ranked, before, after }) => [
    ranked.team.students.map(({ name }) => name).join(),
    before,
    after,
  ]);
}

const totals = async (book: CourseGradebook) =>
  Object.fromEntries((await rowsOf(book)).map(({ student: { name }, total }) => [name, total]));

onEach('the best of a class get a bonus, a team once for all of its members, and it is explained', async (book) => {
  const assignment = rankedHomework();
  await handIn(book, assignment, [ada, bob], exact(0.9));
  await handIn(book, assignment, [eve], exact(0.8));
  await handIn(book, assignment, [kim], 'failed');
  expect(await totals(book)).toEqual({ Ada: 2, Bob: 2, Eve: 2, Kim: 1 });
  expect(await give(book, assignment)).toEqual([
    ['Ada,Bob', 0, 0.5],
    ['Eve', 0, 0.25],
  ]);
  expect(await totals(book)).toEqual({ Ada: 2.5, Bob: 2.5, Eve: 2.25, Kim: 1 });
  const { id } = await book.read((db) => studentCalled(db, 'Bob'));
  const events = await book.read((db) => historyOf(db, id));
  expect(events.filter(({ what }) => what === 'bonus')).toMatchObject([
    { by: 'Grace', detail: 'the whole work: 0.5 (place 1 on the leaderboard, test accuracy 90.00 %)' },
  ]);
  const { scored } = await countingScores(book, assignment);
  expect(scored.map(({ totals: { earned, bonus } }) => [earned, bonus])).toEqual([
    [2, 0.5],
    [2, 0.25],
    [1, 0],
  ]);
  expect(await give(book, assignment)).toEqual([]);
});

onEach(
  'a score does not change when others hand in later, until the bonus is given anew, which can be undone',
  async (book) => {
    const assignment = rankedHomework({ bonus: [0.5] });
    await handIn(book, assignment, [ada], exact(0.8));
    await give(book, assignment);
    await handIn(book, assignment, [bob], exact(0.9));
    expect(await totals(book)).toEqual({ Ada: 2.5, Bob: 2 });
    expect(await give(book, assignment)).toEqual([
      ['Bob', 0, 0.5],
      ['Ada', 0.5, 0],
    ]);
    expect(await totals(book)).toEqual({ Ada: 2, Bob: 2.5 });
    await takeBackBonus(book, assignment, 'Grace');
    expect(await totals(book)).toEqual({ Ada: 2.5, Bob: 2 });
    await takeBackBonus(book, assignment, 'Grace');
    expect(await totals(book)).toEqual({ Ada: 2, Bob: 2 });
    await expect(takeBackBonus(book, assignment, 'Grace')).rejects.toThrow(
      /no bonus was given that could be taken back/,
    );
  },
);

onEach('of two attempts the one that counts has the place', async (book) => {
  const assignment = rankedHomework();
  await handIn(book, assignment, [ada], exact(0.9), { digest: 'first', ...at(1) });
  await handIn(book, assignment, [bob], exact(0.8), at(1));
  await handIn(book, assignment, [ada], exact(0.7), { digest: 'second', ...at(2) });
  expect((await teamsOf(book, assignment)).map(({ team, place }) => [team.students[0].name, place])).toEqual([
    ['Bob', 1],
    ['Ada', 2],
  ]);
});

onEach('points that a person takes take the place, and a bonus that was given is due no more', async (book) => {
  const assignment = rankedHomework();
  const { team } = await handIn(book, assignment, [ada], exact(0.9));
  await handIn(book, assignment, [bob], exact(0.8));
  await give(book, assignment);
  const taken = { ...NOTHING_GIVEN, criterion: 'net.accuracy', points: 0, note: 'trained on test images', by: 'Grace' };
  await book.write((db) => addEntry(db, assignment.id, team, { ...taken, kind: 'points' }));
  expect(await give(book, assignment)).toEqual([
    ['Bob', 0.25, 0.5],
    ['Ada', 0.5, 0],
  ]);
});

onEach('work that is late takes no place, unless lateness costs nothing', async (book) => {
  const assignment = { ...rankedHomework(), late: [{ within: { days: 7, seconds: 0 }, keep: 0.5 }] };
  const due = { at: '2026-11-02T00:00:00.000Z', isExtended: false, terms: () => '' };
  await handIn(book, assignment, [ada], exact(0.9), { ...at(3), due });
  await handIn(book, assignment, [bob], exact(0.8), { ...at(1), due });
  expect((await teamsOf(book, assignment)).map(({ team }) => team.students[0].name)).toEqual(['Bob']);
  const free = { ...assignment, late: undefined };
  expect((await teamsOf(book, free)).map(({ team }) => team.students[0].name)).toEqual(['Ada', 'Bob']);
});

onEach('who was known twice keeps a bonus, and an undo still finds it', async (book) => {
  const assignment = rankedHomework();
  await handIn(book, assignment, [{ name: 'Ada', ids: { login: 'al' } }], exact(0.9));
  await handIn(book, assignment, [{ name: 'Ada Lovelace', ids: { sid: '0012' } }], 'failed', { digest: 'd', ...at(1) });
  await give(book, assignment);
  await book.write(async (db) =>
    joinStudents(db, await studentCalled(db, '0012'), await studentCalled(db, 'al'), 'Grace'),
  );
  expect((await totals(book))['Ada Lovelace']).toBe(2.5);
  await takeBackBonus(book, assignment, 'Grace');
  expect((await totals(book))['Ada Lovelace']).toBe(2);
});
