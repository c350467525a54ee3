import type * as Kysely from 'kysely';
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
  return db.connection().execute(async (connection) => {
    await run(connection, begin);
    try {
      const result = await work(connection);
      await run(connection, 'commit');
      return result;
    } catch (error) {
      await run(connection, 'rollback').catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Runs a part of a transaction. If it fails, only what it did is undone.
 *
 * @param ended - called with the reason if the database has ended the whole transaction, so that nothing more may be written
 * @throws what the work throws
 */
export async function inSavepoint<T>(
  db: Database,
  work: (db: Database) => Promise<T>,
  ended: (reason: unknown) => void,
): Promise<T> {
  await run(db, 'savepoint part');
  try {
    const result = await work(db);
    await run(db, 'release savepoint part');
    return result;
  } catch (error) {
    await run(db, 'rollback to savepoint part').catch(() => ended(error));
    throw error;
  }
}

async function run(db: Database, statement: string): Promise<void> {
  // To import it for each statement took longer than the statement.
  kysely ??= import('kysely');
  const { CompiledQuery } = await kysely;
  await db.executeQuery(CompiledQuery.raw(statement));
}

let kysely: Promise<typeof Kysely> | undefined;
