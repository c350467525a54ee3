import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { CourseGradebook } from './CourseGradebook.ts';
import { sectionsIn } from './enrolments.ts';
import { folder, server } from '../test/onEach.ts';

const location = server?.newDatabase() ?? '';
const book = server && (await CourseGradebook.open(location, folder));
afterAll(() => book?.close());

/** Ends the connections to the database, as a server that is restarted does, and waits until this process has noticed. */
async function endConnections(): Promise<void> {
  const administrator = new pg.Client(location);
  await administrator.connect();
  await administrator.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  );
  await administrator.end();
  await sleep(100);
}

const testOnPostgres = server ? test : test.skip;

testOnPostgres('a connection that is ended while it waits is replaced', async () => {
  const before = await book!.read(sectionsIn);
  await endConnections();
  expect(await book!.read(sectionsIn)).toEqual(before);
});

testOnPostgres(
  'a connection that is ended in a transaction fails that transaction in one line, and no other',
  async () => {
    await expect(
      book!.write(async (db) => {
        const before = await sectionsIn(db);
        await endConnections();
        await sectionsIn(db);
        return before;
      }),
    ).rejects.toThrow(/^the gradebook postgres:.*: the database server has ended the connection; try again$/);
    expect(await book!.read(sectionsIn)).toBeDefined();
  },
);
