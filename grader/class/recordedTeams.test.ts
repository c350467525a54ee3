import { expect } from '@jest/globals';
import { folders } from './test/classOf.ts';
import { setPolicy } from '../gradebook/store/assignments.ts';
import { attemptCalled } from '../gradebook/store/attemptCalled.ts';
import { overviewOf } from '../gradebook/store/overview.ts';
import { countingTeams } from '../gradebook/store/teams.ts';
import { assignment, onBook, record, grade, namesIn, deduct, deductedFor, CANVAS, TEAMS } from './test/recorded.ts';

onBook(
  'what a team was given is its members’ when the roster is forgotten, and not the other way round',
  async (book) => {
    await record(book, CANVAS, { roster: TEAMS });
    await deduct(book, '13', 0.5);
    const { notes } = await record(book, CANVAS);
    expect(notes).toEqual([
      'lovelaceada_11_4567_hw1.zip is the work of Ada Lovelace now, and was that of Ada Lovelace and Eve Moss; what people gave Ada Lovelace still applies',
    ]);
    expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[0.5], [0.5]]);
    expect(await namesIn(book)).toEqual(['Ada Lovelace', 'Bob Stone', 'Eve Moss']);
    // What is given to one of them now is not the other's.
    await deduct(book, '11', 2);
    expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[2], [0.5]]);
    const back = await record(book, CANVAS, { roster: TEAMS });
    expect(back.notes).toEqual([
      'lovelaceada_11_4567_hw1.zip is the work of Ada Lovelace and Eve Moss now, and was that of Ada Lovelace; what people gave Ada Lovelace does not apply to it any more; give it again',
    ]);
    expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[0.5], [0.5]]);
  },
);

onBook('what a student was given is not the team’s that a roster makes later, and a line says so', async (book) => {
  await record(book, CANVAS);
  await deduct(book, '11', 0.5);
  const { notes } = await record(book, CANVAS, { roster: TEAMS });
  expect(notes).toEqual([expect.stringMatching(/; what people gave Ada Lovelace does not apply to it any more; give/)]);
  expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[], []]);
  expect((await record(book, CANVAS, { roster: TEAMS })).notes).toEqual([]);
});

const submitters = (...names: string[]) => names.map((name) => `\n  - :name: ${name}\n    :sid: '${name}'`).join('');
const grouped = (groups: Readonly<Record<string, readonly string[]>>) => ({
  ...folders(...Object.keys(groups)),
  'submission_metadata.yml': Object.entries(groups)
    .map(([name, members]) => `${name}:\n  :submitters:${submitters(...members)}\n`)
    .join(''),
});

onBook('what a team was given is not given to others when its members are regrouped', async (book) => {
  await record(book, grouped({ submission_1: ['Ada', 'Bob'], submission_2: ['Cleo'] }));
  await deduct(book, 'Bob', 0.5);
  await deduct(book, 'Cleo', 1);
  const again = grouped({ submission_3: ['Ada'], submission_4: ['Cleo', 'Bob'] });
  const { notes } = await record(book, again, { out: 'hw2' });
  expect(notes).toEqual([
    expect.stringMatching(
      /^submission_4 is the work of Bob and Cleo; what people gave (Cleo, and what they gave Ada and Bob|Ada and Bob, and what they gave Cleo) does not apply to it; give it again$/,
    ),
  ]);
  for (const [name, points] of Object.entries({ Ada: [0.5], Bob: [], Cleo: [] }))
    expect([name, await deductedFor(book, name)]).toEqual([name, points]);
  expect((await record(book, again, { out: 'hw2' })).notes).toEqual([]);
});

onBook('points of a folder that is other people’s now are named', async (book) => {
  await record(book, folders('T1'));
  await deduct(book, 'T1', 0.5);
  const { notes } = await record(book, folders('T1'), { roster: TEAMS });
  expect(notes).toEqual([
    expect.stringMatching(
      /^T1 is the work of .* now, and was that of T1; what people gave T1 does not apply to it any more; give it again$/,
    ),
  ]);
});

onBook('a student’s work that is their team’s now does not count as it did for them alone', async (book) => {
  await setPolicy(book, assignment.id, { counts: 'best' });
  const [alone] = (await record(book, CANVAS)).attempts.values();
  await grade(book, alone);
  const [withEve] = (await record(book, CANVAS, { roster: TEAMS })).attempts.values();
  const counting = await book.read((db) => countingTeams(db, assignment.id));
  expect(counting.map(({ team, students }) => [team, students.length])).toContainEqual([withEve.team, 2]);
  expect(counting.map(({ team }) => team)).not.toContain(alone.team);
  expect(await book.read((db) => attemptCalled(db, '11', assignment.id))).toMatchObject({ team: withEve.team });
  const pages = [];
  for await (const page of (await overviewOf(book)).pages) pages.push(...page);
  const ada = pages.find(({ student }) => student.ids.canvas === '11')!;
  expect(ada.standings).toMatchObject([{ score: undefined, attempts: 1 }]);
});
