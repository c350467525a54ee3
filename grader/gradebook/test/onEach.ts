import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from '@jest/globals';
import { startPostgres } from './postgres.ts';
import { CourseGradebook } from '../store/CourseGradebook.ts';

/** Removed at the end. */
export const folder = mkdtempSync(join(tmpdir(), 'im2grade-store-'));
/** A server of its own for this file; undefined if PostgreSQL is not installed. */
export const server = await startPostgres();
if (!server) test.skip('PostgreSQL: not installed here (apt-get install postgresql)', () => {});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
const ENGINES = [
  ['SQLite', () => join(folder, `${made++}`, 'gradebook.db')],
  ...(server ? [['PostgreSQL', () => server.newDatabase()] as const] : []),
] as const;

/** A test of a new gradebook, once for each kind of database. */
export const onEach = (name: string, work: (book: CourseGradebook, location: string) => Promise<void>) =>
  test.each(ENGINES)(`%s: ${name}`, async (_, locationOf) => {
    const location = locationOf();
    const book = await CourseGradebook.open(location, join(folder, `${made++}`));
    try {
      await work(book, location);
    } finally {
      await book.close();
    }
  });
