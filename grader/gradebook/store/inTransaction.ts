import type { Database } from './tables.ts';

/**
 * Runs work in a transaction. If it fails, the error is the work's or the commit's own: SQLite itself ends a transaction
 * that finds the disk full, and then refuses to roll it back. Kysely's transactions would throw that refusal.
 *
 * @param begin - SQLite lets a transaction that reads before it writes fail at once if another one is writing;
 * `begin immediate` waits for the other one before anything is read
 */
export async function inTransaction<T>(
  db: Database,
  work: (db: Database) => Promise<T>,
  begin: 'begin' | 'begin immediate' = 'begin',
): Promise<T> {
  const { CompiledQuery } = await import('kysely');
  return db.connection().execute(async (connection) => {
    const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement));
    await run(begin);
    try {
      const result = await work(connection);
      await run('commit');
      return result;
    } catch (error) {
      await run('rollback').catch(() => undefined);
      throw error;
    }
  });
}
