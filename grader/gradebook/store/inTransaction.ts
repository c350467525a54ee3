import type { Database } from './tables.ts';

/**
 * Runs work in a transaction. If it fails, the error is the work's own: SQLite has ended a transaction that found the disk
 * full, and then refuses to roll it back.
 */
export async function inTransaction<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  const failed: { error?: unknown } = {};
  try {
    return await db.transaction().execute(async (transaction) => {
      try {
        return await work(transaction);
      } catch (error) {
        failed.error = error;
        throw error;
      }
    });
  } catch (error) {
    throw failed.error ?? error;
  }
}
