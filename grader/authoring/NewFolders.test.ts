import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ROOMS } from '../assignments/courseFolder.ts';
import { ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { NewFolders } from './NewFolders.ts';

let folder = '';
let course = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'im2grade-new-'));
  course = join(folder, 'not/yet/there');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An assignment whose files have this text. */
async function begun(text: string): Promise<NewFolders> {
  const folders = new NewFolders(ROOT, course, 'relu');
  for (const room of ROOMS) await folders.write(room, { 'src/note.txt': text });
  return folders;
}

const texts = () => ROOMS.map((room) => readFileSync(join(course, room, 'relu/src/note.txt'), 'utf8'));

test('an assignment appears when it is whole, and nothing else is left', async () => {
  const folders = await begun('one');
  expect(ROOMS.filter((room) => existsSync(join(course, room)))).toEqual([]);
  folders.keep();
  expect(texts()).toEqual(['one', 'one', 'one']);
  expect(readdirSync(course).sort()).toEqual([...ROOMS].sort());
});

test('of two that are made at once one is kept whole, and the end of the other leaves it alone', async () => {
  const [first, second] = [await begun('first'), await begun('second')];
  first.keep();
  expect(() => second.keep()).toThrow('skeleton/relu exists; choose another id, or remove it first');
  second.remove();
  expect(texts()).toEqual(['first', 'first', 'first']);
  expect(readdirSync(course).sort()).toEqual([...ROOMS].sort());
});

test('what is not kept leaves no folder, not even the course', async () => {
  (await begun('one')).remove();
  expect(readdirSync(folder)).toEqual([]);
});

test('what another one has put into the course meanwhile stays', async () => {
  const [first, second] = [await begun('first'), await begun('second')];
  first.remove();
  second.keep();
  expect(texts()).toEqual(['second', 'second', 'second']);
});

test('if one folder cannot be put in its place, none is', async () => {
  const folders = await begun('one');
  writeFileSync(join(course, 'skeleton'), 'a file');
  expect(() => folders.keep()).toThrow(`${join(course, 'skeleton')} was not made: a file is in the way`);
  folders.remove();
  expect(readdirSync(course)).toEqual(['skeleton']);
});

test('an empty folder of its name, too, is refused at once', () => {
  mkdirSync(join(course, 'tests/relu'), { recursive: true });
  expect(() => new NewFolders(ROOT, course, 'relu')).toThrow('tests/relu exists');
});
