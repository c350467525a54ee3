import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { courseAssignment } from './assignments.ts';
import { copyToRead } from './copyToRead.ts';
import { CourseGradebook } from './CourseGradebook.ts';
import { overviewOf } from './overview.ts';
import { saveResult } from './results.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'im2grade-open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);

function databaseOf(name: string, ...statements: string[]): string {
  const file = new Libsql(inFolder(name));
  for (const statement of statements) file.exec(statement);
  file.close();
  return inFolder(name);
}

function fileOf(name: string, text: string): string {
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

const FOREIGN: readonly [what: string, make: () => string][] = [
  ['a browser’s history', () => databaseOf('places.sqlite', 'create table moz_places(x)')],
  ['one with a table of ours', () => databaseOf('school.db', 'create table students(x)')],
  ['one that keeps a log beside it', () => databaseOf('w.db', 'pragma journal_mode = WAL', 'create table meta(x)')],
  ['an empty CSV file', () => fileOf('marks.csv', '')],
  ['a CSV file', () => fileOf('marks.csv', 'name,points\n')],
  ['a page', () => fileOf('page.html', `<!doctype html>${' '.repeat(5000)}`)],
];

test.each(FOREIGN)('refuses %s, and changes nothing', async (_, make) => {
  const path = make();
  const before = readFileSync(path);
  for (const access of ['read', 'change'] as const)
    await expect(CourseGradebook.open(path, folder, access)).rejects.toThrow(
      'it is not a gradebook; name the course’s',
    );
  expect(readFileSync(path)).toEqual(before);
});

test.each(FOREIGN.slice(1))('makes no gradebook of %s', async (_, make) => {
  const path = make();
  const before = readFileSync(path);
  await expect(CourseGradebook.open(path, folder, 'make')).rejects.toThrow('it is not a gradebook');
  expect(readFileSync(path)).toEqual(before);
});

test('adds no tables to a database that has others', async () => {
  const path = databaseOf('places.sqlite', 'create table moz_places(x)');
  await expect(CourseGradebook.open(path, folder, 'make')).rejects.toThrow('it is not a gradebook');
});

test('only a command that grades makes a gradebook, also in what a killed one left', async () => {
  const path = fileOf('gradebook.db', '');
  await expect(CourseGradebook.open(path, folder, 'read')).rejects.toThrow('it is not a gradebook');
  await (await CourseGradebook.open(path, folder, 'make')).close();
  await (await CourseGradebook.open(path, folder, 'read')).close();
});

test('a folder is named as one', async () => {
  await expect(CourseGradebook.open(folder, folder, 'read')).rejects.toThrow(
    `${folder} is a folder; name the gradebook.db in it`,
  );
});

async function withResult(path: string): Promise<void> {
  const book = await CourseGradebook.open(path, folder);
  await courseAssignment(book, { id: 'hw', title: 'Homework', version: 1 });
  await saveResult(book, { attempt: 'a', gradings: ['g'], rubric: 'r', report: exampleReport(), isFull: true });
  await book.close();
}

test.each(['read', 'change', 'make'] as const)('names the folder of files that was not copied: %s', async (access) => {
  const path = inFolder('gradebook.db');
  await withResult(path);
  rmSync(inFolder('gradebook'), { recursive: true });
  await expect(CourseGradebook.open(path, folder, access)).rejects.toThrow(
    `its folder ${inFolder('gradebook')} is missing; copy it as well`,
  );
});

test('a copy that is read has what another command has just written', async () => {
  const path = inFolder('gradebook.db');
  await withResult(path);
  const book = await CourseGradebook.open(path, folder);
  await courseAssignment(book, { id: 'next', title: 'Next', version: 1 });
  expect(existsSync(`${path}-wal`)).toBe(true);
  const copy = await copyToRead(path);
  await book.close();
  const file = new Libsql(copy.path);
  expect(file.prepare('select id from assignments order by id').all()).toEqual([{ id: 'hw' }, { id: 'next' }]);
  file.close();
  await copy.remove();
  expect(existsSync(copy.path)).toBe(false);
});

const OPEN_AND_CLOSE = `
  const file = new (require('libsql'))(process.argv[1]);
  file.exec('pragma synchronous = FULL; select count(*) from meta');
  file.close();
`;

test('what is written is kept although this process has opened the file again, and another one closes it last', async () => {
  const path = inFolder('gradebook.db');
  await withResult(path);
  const book = await CourseGradebook.open(path, folder);
  const again = await CourseGradebook.open(path, folder, 'change');
  await courseAssignment(book, { id: 'before', title: 'Before', version: 1 });
  execFileSync(process.execPath, ['-e', OPEN_AND_CLOSE, path]);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await courseAssignment(again, { id: 'after', title: 'After', version: 1 });
  await Promise.all([book.close(), again.close()]);
  const file = new Libsql(path);
  expect(file.prepare('select id from assignments order by id').all()).toEqual(
    ['after', 'before', 'hw'].map((id) => ({ id })),
  );
  file.close();
});

const isRoot = process.getuid?.() === 0;

(isRoot ? test.skip : test)('is read without the permission to write, and nothing is left behind', async () => {
  await withResult(inFolder('gradebook.db'));
  const made = readdirSync(folder);
  const theirs = inFolder('theirs');
  const path = join(theirs, 'gradebook.db');
  // With its log: libsql closes a file when its statements are collected, not before.
  for (const name of made) cpSync(inFolder(name), join(theirs, name), { recursive: true });
  for (const place of [path, theirs, join(theirs, 'gradebook')]) chmodSync(place, 0o555);
  try {
    const book = await CourseGradebook.open(path, folder, 'read');
    const rows = await book.read((db) => db.selectFrom('assignments').select('id').execute());
    await book.close();
    expect(rows).toEqual([{ id: 'hw' }]);
    expect(readdirSync(theirs)).toEqual(made);
  } finally {
    for (const place of [theirs, join(theirs, 'gradebook')]) chmodSync(place, 0o755);
  }
});

test('reads a gradebook of an older grader, and changes nothing in it', async () => {
  const path = inFolder('gradebook.db');
  await withResult(path);
  databaseOf('gradebook.db', 'drop table enrolments');
  const book = await CourseGradebook.open(path, folder, 'read');
  expect((await overviewOf(book)).columns.map(({ id }) => id)).toEqual(['hw']);
  await book.close();
  expect(tableNames(path)).not.toContain('enrolments');
  await (await CourseGradebook.open(path, folder, 'change')).close();
  expect(tableNames(path)).toContain('enrolments');
});

function tableNames(path: string): string[] {
  const file = new Libsql(path);
  const rows = file.prepare('select name from sqlite_master').all() as { name: string }[];
  file.close();
  return rows.map(({ name }) => name);
}
