import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inFolder } from '../../../tests/e2e/support/runGrade.ts';
import { readRoster, type RosterEntry } from './readRoster.ts';

const read = (text: string | Uint8Array): Promise<RosterEntry[]> =>
  new Promise((resolve, reject) => {
    inFolder({}, async (folder) => {
      const path = join(folder, 'roster.csv');
      writeFileSync(path, text);
      resolve(readRoster(path));
    }).catch(reject);
  });

test.each<[platform: string, text: string, students: readonly RosterEntry[]]>([
  [
    'Canvas',
    '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,hw (12)\n,,,,,Manual Posting\n    Points Possible,,,,,100\n' +
      '"Lovelace, Ada",101,0815,al1,Lab 1,\n"Student, Test",999,,x,Lab 1,\n',
    [{ name: 'Ada Lovelace', ids: { sid: '0815', login: 'al1', canvas: '101' }, section: 'Lab 1' }],
  ],
  [
    'Moodle, participants',
    'First name,Last name,ID number,Email address,Groups\nJosé,Ñandú,0007,j@x.org,"G1, G2"\n',
    [{ name: 'José Ñandú', email: 'j@x.org', ids: { sid: '0007' } }],
  ],
  [
    'Moodle, worksheet',
    'Identifier,"Full name","ID number","Email address",Status,Grade\nParticipant 41,Wei Zhang,,w1@x.org,No,\n',
    [{ name: 'Wei Zhang', email: 'w1@x.org', ids: { moodle: '41' } }],
  ],
  [
    'Moodle in German, as Excel saves it',
    'Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nJörg;Groß;="0042";jg@x.org\n',
    [{ name: 'Jörg Groß', email: 'jg@x.org', ids: { sid: '0042' } }],
  ],
  [
    'Gradescope',
    'Name,SID,Email,Role,Sections\nAda,7,ada@x.org,Student,L1\nGrace,8,g@x.org,Instructor,\n',
    [{ name: 'Ada', email: 'ada@x.org', ids: { sid: '7' }, section: 'L1' }],
  ],
  [
    'GitHub Classroom',
    'identifier,github_username,github_id,name\n"ada@x.org","ada-l","1","Ada L"\n0042,bob-b,2,\n',
    [
      { name: 'Ada L', email: 'ada@x.org', ids: { github: 'ada-l' } },
      { name: 'bob-b', ids: { github: 'bob-b' } },
    ],
  ],
  [
    'a spreadsheet that names its delimiter',
    'sep=;\n"Name, full";Name;id;section\nx;Ada;00123;01\n',
    [{ name: 'Ada', ids: { sid: '00123' }, section: '01' }],
  ],
  [
    'a family that shares an address',
    'name,id,email\nAda,1,fam@x.org\nAlan,2,FAM@x.org\n',
    [
      { name: 'Ada', email: 'fam@x.org', ids: { sid: '1' } },
      { name: 'Alan', email: 'FAM@x.org', ids: { sid: '2' } },
    ],
  ],
  [
    'a student in two sections, known by an address',
    'name,login,email,section\nAda,,a@x.org,L1\nada,al1,A@x.org,L2\n',
    [{ name: 'Ada', email: 'a@x.org', ids: { login: 'al1' }, section: 'L1; L2' }],
  ],
  [
    'a student in two sections',
    'name,id,section,team\nAda,007,L1,\nAda,007,L2,T\n',
    [{ name: 'Ada', ids: { sid: '007' }, section: 'L1; L2', team: 'T' }],
  ],
  [
    'nbgrader',
    'id,last_name,first_name,email,lms_user_id\nal1,Lovelace,Ada,,\n',
    [{ name: 'Ada Lovelace', ids: { sid: 'al1' } }],
  ],
  [
    'Brightspace',
    'OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n#0042,#al1,Lovelace,Ada,a@x.org,#\n',
    [{ name: 'Ada Lovelace', email: 'a@x.org', ids: { sid: '0042', login: 'al1' } }],
  ],
  [
    'Blackboard',
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\n"Lovelace"\t"Ada"\t"al1"\t"0042"\n',
    [{ name: 'Ada Lovelace', ids: { sid: '0042', login: 'al1' } }],
  ],
  [
    'PrairieLearn',
    'UID,UIN,Name,Role\nada@x.org,42,Ada,Student\nt@x.org,43,T,Staff\n',
    [{ name: 'Ada', email: 'ada@x.org', ids: { sid: '42', login: 'ada@x.org' } }],
  ],
  [
    'GitHub Classroom, with nothing but identifiers',
    'identifier,github_username,github_id,name\n0014,"","",""\nAda Lovelace,,,\nx@x.org,,,\n',
    [
      { name: '0014', ids: { sid: '0014' } },
      { name: 'Ada Lovelace', ids: {} },
      { name: 'x@x.org', email: 'x@x.org', ids: {} },
    ],
  ],
  [
    'comments, which may be long',
    `name,id,feedback\nAda,007,${'good '.repeat(400)}\n`,
    [{ name: 'Ada', ids: { sid: '007' } }],
  ],
  [
    'a person',
    'name, id, team\nAda, 007, Team 3\n\n, 008,\n',
    [
      { name: 'Ada', ids: { sid: '007' }, team: 'Team 3' },
      { name: '008', ids: { sid: '008' } },
    ],
  ],
])('%s', async (_, text, students) => expect(await read(text)).toEqual(students));

test('Excel’s own encodings', async () => {
  const [text, students] = ['name;id\nJosé Ñandú;1\n', [{ name: 'José Ñandú', ids: { sid: '1' } }]];
  expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(students);
  expect(await read(Buffer.from(text, 'latin1'))).toEqual(students);
});

test('a student in two sections is one', async () =>
  expect(await read('name,id,section\nAda,1,A\nAda,1,B\n')).toHaveLength(1));

test('two people of one name are two', async () =>
  expect(await read('name,email\nWei Zhang,w1@x.org\nWei Zhang,w2@x.org\n')).toHaveLength(2));

test.each([
  [
    'one address of two people, without ids',
    'name,email\nAda,fam@x.org\nBob,Fam@x.org\n',
    /roster\.csv:3: Bob has the address of Ada, line 2; correct one of them$/,
  ],
  [
    'one id of two people',
    'name,id\nAda,1\nBob,1\n',
    /roster\.csv:3: Bob has an id of Ada, line 2; correct one of them$/,
  ],
  ['no known column', 'a,b\n1,2\n', /roster\.csv:1: no column of names, ids or addresses; it has: a, b\. Name them/],
  ['nothing', '', /no column of names, ids or addresses; it has: none/],
  ['no CSV', 'name\n"a\n', /roster\.csv: cannot be read: line 2: a cell begins with a quotation mark and never ends/],
  [
    'a name of many words',
    `name,id\nAda,1\n${'<b>&'.repeat(400)},2\n`,
    /csv:3: cell 1 has 1600 characters; .* 1000: correct it$/,
  ],
  ['a very long column name', `name,${'i'.repeat(1001)}\nAda,1\n`, /csv:1: cell 2 has 1001 characters/],
  ['a header alone', 'name,id\n', /roster\.csv: nobody is listed in it$/],
])('%s is refused in one line', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});
