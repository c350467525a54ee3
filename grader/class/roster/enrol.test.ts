import { describe, expect, test } from '@jest/globals';
import { assignmentOf } from '../../../tests/e2e/support/gradeFiles.ts';
import { readClass } from '../handInsOf.ts';
import { classOf, files, folders, type Kind } from '../test/classOf.ts';
import { type Enrolment, enrol } from './enrol.ts';
import type { RosterEntry } from './readRoster.ts';

const assignment = assignmentOf('conv2d-gemm');

async function enrolled(entries: Readonly<Record<string, Kind>>, roster: readonly RosterEntry[]): Promise<Enrolment> {
  return enrol((await readClass(classOf(entries), 'class', assignment)).handIns, roster);
}

const names = ({ handIns }: Enrolment): string[] => handIns.map(({ name }) => name);
const absentees = ({ absent }: Enrolment): string[] => absent.map(({ student }) => student.name);

const ADA: RosterEntry = {
  name: 'Ada Lovelace',
  email: 'ada@x.org',
  ids: { sid: '0012345', login: 'al1', canvas: '101' },
};
const JOSE: RosterEntry = { name: 'José Müller', email: 'jm@x.org', ids: { sid: '7', login: 'jm2' } };
const WEI1: RosterEntry = { name: 'Wei Zhang', email: 'w1@x.org', ids: { sid: '41' } };
const WEI2: RosterEntry = { name: 'Wei Zhang', email: 'w2@x.org', ids: { sid: '42' } };

describe('a student is found', () => {
  test.each([
    ['by the university’s number', '0012345'],
    ['by that number without its zeros', '12345'],
    ['by login', 'AL1'],
    ['by address', 'ada@x.org'],
    ['by the beginning of the address', 'ada'],
    ['by name', 'Ada Lovelace'],
    ['by name, the last name first', 'Lovelace, Ada'],
    ['by name, written by a program', 'lovelace_ada'],
    ['by name, run together', 'lovelaceada'],
  ])('%s: %s', async (_, folder) => {
    const found = await enrolled(folders(folder), [JOSE, ADA]);
    expect(found.handIns).toMatchObject([{ name: 'Ada Lovelace', email: 'ada@x.org', students: [ADA] }]);
    expect(absentees(found)).toEqual(['José Müller']);
    expect(found.notes).toEqual([]);
  });

  test.each([
    'Jose\u0301 Mu\u0308ller',
    'JOSÉ MÜLLER',
    'Jose Muller',
    'Mueller_Jose',
    'müllerjosé',
    'José　Müller',
    '\u202bJosé\u200f Müller\u202c',
    'Jo\u00adsé M\u200büller',
  ])('under the name of another spelling: %s', async (folder) =>
    expect((await enrolled(folders(folder), [ADA, JOSE])).handIns[0].students).toEqual([JOSE]),
  );

  test('by the id of a platform, whose other ids are added', async () => {
    const { handIns } = await enrolled(files('lovelaceada_101_9001_hw.zip', 'müllerjosé_102_9002_hw.zip'), [ADA, JOSE]);
    expect(handIns.map(({ id, students }) => [id, students[0].ids])).toEqual([
      ['101', { canvas: '101', sid: '0012345', login: 'al1' }],
      ['102', { canvas: '102', sid: '7', login: 'jm2' }],
    ]);
  });
});

describe('two people are not taken for one', () => {
  test('a name that two on the roster share: both are named, with what to do', async () => {
    const found = await enrolled(folders('Wei Zhang'), [WEI1, WEI2]);
    expect(found.handIns[0].students).toEqual([{ name: 'Wei Zhang', ids: {} }]);
    expect(found.notes).toEqual([
      'Wei Zhang may be Wei Zhang (41, w1@x.org) or Wei Zhang (42, w2@x.org) of the roster; name the submission by an id or an address',
    ]);
    expect(found.absent.map(({ message }) => message)).toEqual(
      Array(2).fill('handed in nothing, unless Wei Zhang is theirs'),
    );
  });

  test('two submissions by one name of the roster', async () => {
    const found = await enrolled(folders('Ada Lovelace', 'Lovelace Ada'), [ADA]);
    expect(found.handIns.map(({ students }) => students[0].ids)).toEqual([{}, {}]);
    expect(found.notes).toEqual([
      'Ada Lovelace and Lovelace Ada may both be Ada Lovelace (0012345, al1, 101, ada@x.org) of the roster; name the submissions by an id or an address',
    ]);
  });

  test('an id comes before a name', async () => {
    const found = await enrolled(folders('0012345', 'Ada Lovelace'), [ADA]);
    expect(found.handIns.map(({ students }) => students[0].ids)).toEqual([ADA.ids, {}]);
    expect(found.notes[0]).toMatch(
      /^Ada Lovelace has the name of Ada Lovelace \(0012345, .*, who handed in Ada|0012345/,
    );
  });

  test('the same name with another id of the same system', async () => {
    const found = await enrolled(files('lovelaceada_999_9001_hw.zip', 'müllerjosé_102_9002_hw.zip'), [ADA, JOSE]);
    expect(found.handIns[0].students).toEqual([{ name: 'lovelaceada', ids: { canvas: '999' } }]);
    expect(absentees(found)).toEqual(['Ada Lovelace']);
    expect(found.notes[0]).toMatch(/^lovelaceada \(999, lovelaceada_999_9001_hw\.zip\) is not on the roster/);
  });

  test('the same name with another address', async () => {
    const metadata = (email: string) =>
      `submission_11:\n  :submitters:\n  - :name: Wei Zhang\n    :email: ${email}\nsubmission_12:\n  :submitters: []\n`;
    const of = (email: string) =>
      enrolled({ 'submission_metadata.yml': metadata(email), ...folders('submission_11') }, [WEI1]);
    expect((await of('W1@x.org')).handIns[0].students[0].ids).toEqual({ sid: '41' });
    const other = await of('w3@x.org');
    expect(other.handIns[0].students[0].ids).toEqual({});
    expect(other.notes).toEqual([
      'Wei Zhang (submission_11, w3@x.org) is not on the roster; Wei Zhang (41, w1@x.org) on it has another id or address',
    ]);
  });

  test('one person with two submissions: both stay, and are named', async () => {
    const found = await enrolled(folders('al1', 'ada@x.org'), [ADA]);
    expect(names(found)).toEqual(['Ada Lovelace', 'Ada Lovelace']);
    expect(found.notes).toEqual([
      'Ada Lovelace (0012345, al1, 101, ada@x.org) handed in more than once: ada@x.org and al1; remove what does not count',
    ]);
  });
});

test('who is on no roster is named, and who handed in nothing has a row', async () => {
  const found = await enrolled(folders('eve', 'al1'), [JOSE, ADA]);
  expect(found.notes).toEqual(['eve is not on the roster']);
  expect(absentees(found)).toEqual(['José Müller']);
});

test('of a whole class that is on no roster, a few are named', async () => {
  const { notes } = await enrolled(folders(...Array.from({ length: 40 }, (_, at) => `eve${at}`)), [JOSE, ADA]);
  expect(notes).toHaveLength(11);
  expect(notes.at(-1)).toBe('30 more are not on the roster; is it of this course?');
});

describe('teams', () => {
  const roster = [ADA, JOSE, WEI1].map((entry, at) => ({ ...entry, team: at < 2 ? 'Team 3' : 'Team 4' }));

  test('a submission that is named by the team is of its members', async () => {
    const found = await enrolled(folders('team_3', 'Wei Zhang'), roster);
    expect(found.handIns[1].students.map(({ name }) => name)).toEqual(['Ada Lovelace', 'José Müller']);
    expect(found.absent).toEqual([]);
  });

  test('one member hands in for all who hand in nothing of their own', async () => {
    const one = await enrolled(folders('al1'), roster);
    expect(names(one)).toEqual(['Ada Lovelace, José Müller']);
    const both = await enrolled(folders('al1', 'jm2'), roster);
    expect(names(both)).toEqual(['Ada Lovelace', 'José Müller']);
  });
});

describe('a download that says who handed in together', () => {
  const together = `submission_11:
  :submitters:
  - {":name": Ada Lovelace, ":sid": '0012345'}
  - {":name": Wei Zhang, ":sid": '41'}
`;
  const handedIn = { 'submission_metadata.yml': together, ...folders('submission_11') };
  const inTeams = (...teams: readonly (string | undefined)[]) =>
    [ADA, WEI1, JOSE].map((entry, at) => ({ ...entry, team: teams[at] }));

  test('is completed by the roster’s team if they are in one', async () => {
    const found = await enrolled(handedIn, inTeams('T1', 't1', 'T1'));
    expect(names(found)).toEqual(['Ada Lovelace, Wei Zhang, José Müller']);
    expect(found.notes).toEqual([]);
  });

  test.each([
    ['two teams', 'T2', 'Ada Lovelace in T1, Wei Zhang in T2'],
    ['a team and none', undefined, 'Ada Lovelace in T1, Wei Zhang in none'],
  ])('counts against %s of the roster', async (_, other, teams) => {
    const found = await enrolled(handedIn, inTeams('T1', other, 'T1'));
    expect(names(found)).toEqual(['Ada Lovelace, Wei Zhang']);
    expect(absentees(found)).toEqual(['José Müller']);
    expect(found.notes).toEqual([
      `Ada Lovelace, Wei Zhang (0012345+41, submission_11) handed in together, but are in different teams of the roster (${teams}); the download counts`,
    ]);
  });
});

test('an id with zeros and the same without them are two people', async () => {
  const [long, short] = ['00123', '123'].map((sid, at) => ({ name: `Student ${at}`, ids: { sid } }));
  const found = await enrolled(folders('00123', '123'), [long, short]);
  expect(found.handIns.map(({ students }) => students)).toEqual([[long], [short]]);
  expect(found.notes).toEqual([]);
  expect((await enrolled(folders('123'), [long])).handIns[0].students).toEqual([long]);
});
