import { expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { Deadlines } from '../model/deadlines.ts';
import { deadlinesFor, timesOf } from './deadlines.ts';
import { readClass } from './handInsOf.ts';
import { classOf, files, folders, type Kind } from './test/classOf.ts';

const assignment = assignmentOf('conv2d-gemm');
const DUE = '2026-11-20T09:00Z';

/** When each hand-in is due if the file gives these names a week more, and the notes. */
async function extended(entries: Readonly<Record<string, Kind>>, ...names: readonly string[]) {
  const { handIns } = await readClass(classOf(entries), 'class', assignment);
  const handedIn = Object.fromEntries(handIns.map(({ name }) => [name, '2026-11-21T08:00Z']));
  const course = { due: DUE, extensions: Object.fromEntries(names.map((name) => [name, '7 days'])), handedIn };
  const { deadlines, notes } = deadlinesFor(Deadlines.parse(course), handIns);
  const isLater = (dueAt: string | undefined) => dueAt !== undefined && Date.parse(dueAt) > Date.parse(DUE);
  return {
    extended: handIns.filter((handIn) => isLater(timesOf(deadlines, handIn)?.dueAt)).map(({ source }) => source),
    notes,
  };
}

const MOODLE = 'Ada Lovelace_31_assignsubmission_file_';

test.each([
  ['an id without its leading zeros', folders('0012345', '54321'), '12345', '0012345'],
  ['an id', folders('0012345', '12345'), '12345', '12345'],
  ['a name in another Unicode form', folders('Jose\u0301 Mu\u0308ller', 'x'), 'José Müller', 'Jose\u0301 Mu\u0308ller'],
  ['a name in other case', folders('Ada', 'Bob'), 'ada', 'Ada'],
  ['a name as it is written', folders('Ada', 'ada'), 'ada', 'ada'],
  ['a name of a download', folders(MOODLE), 'Ada Lovelace', MOODLE],
  ['a number of a download', folders(MOODLE), '31', MOODLE],
])('%s is found', async (_, entries, name, source) =>
  expect(await extended(entries, name)).toEqual({ extended: [source], notes: [] }),
);

test('a member’s id, name and address are the team’s', async () => {
  const submitter = (name: string, sid: string) => `\n  - :name: ${name}\n    :sid: '${sid}'\n    :email: ${sid}@x.org`;
  const metadata = `submission_11:\n  :created_at: 2026-11-21 09:00:00 Z\n  :submitters:${submitter('Ada', '01') + submitter('Bo', '02')}\n`;
  const entries = { 'submission_metadata.yml': metadata, ...folders('submission_11') };
  for (const name of ['Bo', '02', '2', '02@x.org', 'BO'])
    expect(await extended(entries, name)).toMatchObject({ extended: ['submission_11'] });
});

test('a name that two share gives neither more time, and both are named', async () => {
  const wei = (id: number) => `Wei Zhang_${id}_assignsubmission_file_`;
  const { handIns } = await readClass(classOf(folders(wei(41), wei(42))), 'class', assignment);
  const handedIn = { 41: DUE, 42: DUE };
  const course = Deadlines.parse({ due: DUE, extensions: { 'Wei Zhang': '7 days', 41: '1 day' }, handedIn });
  const { deadlines, notes } = deadlinesFor(course, handIns);
  const days = handIns.map((handIn) => timesOf(deadlines, handIn)?.dueAt.slice(8, 10));
  expect(days).toEqual(['21', '20']);
  expect(notes[0]).toBe(
    `"Wei Zhang" in the deadlines may be Wei Zhang (41, ${wei(41)}) or Wei Zhang (42, ${wei(42)}), and was left out; write an id or an address`,
  );
});

test('names of nobody are named', async () =>
  expect(await extended(folders('ada'), 'eve')).toEqual({
    extended: [],
    notes: ['names in the deadlines that match no submission: eve'],
  }));

const BLACKBOARD = 'HW1_ada_attempt_2026-11-20-09-30-15_hw.zip';
const BRIGHTSPACE = '12-34 - Ada Lovelace - Nov 20, 2026 930 AM';

test.each([
  ['Blackboard', files(BLACKBOARD), '2026-11-20T08:30:15.000Z'],
  ['Brightspace', folders(BRIGHTSPACE), '2026-11-20T08:30:00.000Z'],
])('the time in a download of %s counts on the clock of the due date', async (_, entries, at) => {
  const { handIns } = await readClass(classOf(entries), 'class', assignment);
  const course = Deadlines.parse({ due: '2026-11-20T09:00 Europe/Berlin' });
  const { deadlines, notes } = deadlinesFor(course, handIns);
  expect(timesOf(deadlines, handIns[0])?.handedInAt).toBe(at);
  expect(notes).toEqual([
    'the hand-in times of the download have no zone, and are read as those of the due date (Europe/Berlin)',
  ]);
  expect(timesOf(Deadlines.parse({}), handIns[0])).toBeUndefined();
});

test.each(['handedIn', 'extensions'])('a student whom JavaScript would lose in %s is refused by name', (field) => {
  const written: unknown = JSON.parse(`{ "${field}": { "__proto__": "2026-11-20T09:00Z" } }`);
  const { success, error } = Deadlines.safeParse(written);
  expect([success, error?.issues[0].path]).toEqual([false, [field]]);
  expect(error?.issues[0].message).toContain('__proto__');
});

test.each([
  [{ extensions: { ada: '300000000 days' } }, ['extensions', 'ada'], '"300000000 days" must be at most 36525 days'],
  [{ grace: '99999999999 days' }, ['grace'], '"99999999999 days" must be at most 36525 days'],
  [{ slipDays: { allowed: 99_999_999_999 } }, ['slipDays', 'allowed'], expect.stringContaining('36525')],
  [{ slipDays: { allowed: 1, used: { ada: 40_000 } } }, ['slipDays', 'used', 'ada'], expect.stringContaining('36525')],
])('a time of which no date is left is refused by its place: %j', (written, path, message) => {
  const { success, error } = Deadlines.safeParse({ due: DUE, ...written });
  expect([success, error?.issues[0].path, error?.issues[0].message]).toEqual([false, path, message]);
  expect(Deadlines.safeParse({ due: DUE, extensions: { ada: '36525 days' } }).success).toBe(true);
});
