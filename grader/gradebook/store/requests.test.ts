import { expect } from '@jest/globals';
import { ada, grade, HW, teamOf } from '../test/homework.ts';
import { onEach } from '../test/onEach.ts';
import { assistantNames, removeAssistant, setPassword, storedPasswordOf } from './assistants.ts';
import { attemptsOf } from './attempts.ts';
import { addEntry, NOTHING_GIVEN } from './entries.ts';
import { historyOf } from './history.ts';
import { personsCalled } from './people.ts';
import { progressOf } from './progress.ts';
import { addRequest, answerRequest, openRequests, requestsFor } from './requests.ts';

onEach('a request is recorded once, answered once, and in the history of its student', async (book) => {
  await teamOf(book, ada);
  const [{ id: student }] = await book.read((db) => personsCalled(db, '0012345'));
  const request = { assignment: HW.id, student, criterion: 'essay.method', text: 'Why?', by: 'Grace' };
  expect(await book.write((db) => addRequest(db, request))).toBe(true);
  expect(await book.write((db) => addRequest(db, { ...request, by: 'Edsger' }))).toBe(false);
  expect(await book.read((db) => openRequests(db, HW.id))).toBe(1);
  const [{ id }] = await book.read((db) => requestsFor(db, HW.id));
  expect(await book.write((db) => answerRequest(db, id, 'Because.', 'Grace'))).toBe(true);
  expect(await book.write((db) => answerRequest(db, id, 'No.', 'Edsger'))).toBe(false);
  expect(await book.read((db) => openRequests(db, HW.id))).toBe(0);
  expect(await book.write((db) => addRequest(db, request))).toBe(false);
  const events = await book.read((db) => historyOf(db, student));
  expect(events.filter(({ what }) => what === 'asked' || what === 'answered')).toMatchObject([
    { what: 'asked', detail: 'essay.method: Why?', by: 'Grace' },
    { what: 'answered', detail: 'essay.method: Because.', by: 'Grace' },
  ]);
  expect(await book.write((db) => addRequest(db, request, true))).toBe(true);
  expect(await book.write((db) => addRequest(db, request, true))).toBe(false);
  expect(await book.read((db) => openRequests(db, HW.id))).toBe(1);
});

onEach('a password is replaced by a later one, and ends with its owner', async (book) => {
  await book.write((db) => setPassword(db, 'Grace', 'first'));
  await book.write((db) => setPassword(db, 'Grace', 'second'));
  expect(await book.read((db) => storedPasswordOf(db, 'Grace'))).toBe('second');
  expect(await book.read(assistantNames)).toEqual(['Grace']);
  expect(await book.write((db) => removeAssistant(db, 'Grace'))).toBe(true);
  expect(await book.write((db) => removeAssistant(db, 'Grace'))).toBe(false);
  expect(await book.read((db) => storedPasswordOf(db, 'Grace'))).toBeUndefined();
});

onEach('progress counts what is graded, what waits, and what was given', async (book) => {
  const progress = () => book.read((db) => progressOf(db, HW.id));
  const nothing = { graded: 0, ungradable: 0, pending: 0, given: 0, results: 0 };
  expect(await progress()).toEqual(nothing);
  const team = await teamOf(book, ada);
  expect(await progress()).toEqual({ ...nothing, pending: 1 });
  const [{ id }] = await book.read((db) => attemptsOf(db, [team], HW.id));
  await grade(book, id, 'key');
  await book.write((db) => addEntry(db, HW.id, team, { ...NOTHING_GIVEN, kind: 'comment', note: 'x', by: 'Grace' }));
  expect(await progress()).toEqual({ ...nothing, graded: 1, given: 1, results: 1 });
});
