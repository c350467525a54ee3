import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { folder, onEach } from '../test/onEach.ts';
import { CourseGradebook } from './CourseGradebook.ts';
import { readGrading, saveGrading } from './gradings.ts';
import type { Database } from './tables.ts';

const FACTS = { assignment: 'hw', submission: 'd', assignmentSources: '', graderSources: '', seed: 1 };
const keysIn = (book: CourseGradebook) =>
  book.read(async (db) => (await db.selectFrom('meta').select('key').execute()).map(({ key }) => key));
const insert = (key: string) => async (db: Database) =>
  void (await db.insertInto('meta').values({ key, value: '' }).execute());

onEach('of works that share a transaction, one that fails is undone alone', async (book) => {
  const ended = await Promise.allSettled([
    book.write(insert('a')),
    book.write(async (db) => {
      await insert('b')(db);
      throw new Error('no');
    }),
    book.write(insert('a')),
    book.write(insert('c')),
  ]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect((await keysIn(book)).filter((key) => key.length === 1).toSorted()).toEqual(['a', 'c']);
});

onEach('works that share a transaction run in order, and each sees what those before it wrote', async (book) => {
  const seen = await Promise.all(
    ['a', 'b', 'c'].map((key) =>
      book.write(async (db) => {
        await insert(key)(db);
        return (await db.selectFrom('meta').select('key').execute()).length;
      }),
    ),
  );
  expect(seen).toEqual([seen[0], seen[0] + 1, seen[0] + 2]);
});

onEach('a grading that is recorded stays when it is recorded again, and again beside itself', async (book) => {
  await Promise.all(['first', 'second'].map((reason) => saveGrading(book, { ...FACTS, key: 'k' }, reason)));
  const kept = await readGrading(book, 'k');
  expect(kept).toEqual({ type: 'ungradable', message: 'first' });
  expect(await saveGrading(book, { ...FACTS, key: 'k' }, 'third')).toEqual(kept);
});

test('what has ended is on the disk, whatever else was in the transaction', async () => {
  const location = join(folder, 'shared', 'gradebook.db');
  const book = await CourseGradebook.open(location, folder);
  const other = await CourseGradebook.open(location, folder);
  try {
    const keys = Array.from({ length: 20 }, (_, i) => `k${i}`);
    await Promise.all(
      keys.map(async (key) => {
        await saveGrading(book, { ...FACTS, key }, 'no');
        expect(await readGrading(other, key)).toBeDefined();
      }),
    );
  } finally {
    await Promise.all([book.close(), other.close()]);
  }
});
