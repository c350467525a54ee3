import { Batches } from '../../common/Batches.ts';
import { inSavepoint, inTransaction } from './inTransaction.ts';
import type { Database } from './tables.ts';

/** A transaction keeps other commands waiting. */
const MOST = 256;

interface Part {
  readonly work: (db: Database) => Promise<unknown>;
  result?: PromiseSettledResult<unknown>;
}

/**
 * Runs works in transactions, after those of all other commands that write. Works that are wanted at the same time share a
 * transaction, because the disk takes as long for one as for many. Each sees what those before it wrote, is undone alone
 * if it fails, and has ended only when the transaction is on the disk.
 */
export class GroupCommit {
  readonly #batches: Batches<Part>;

  constructor(db: Database) {
    this.#batches = new Batches((parts) => commit(db, parts), MOST);
  }

  /** @throws what the work throws, or what the commit does */
  async run<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const part: Part = { work };
    await this.#batches.add(part);
    if (part.result?.status !== 'fulfilled') throw part.result?.reason;
    return part.result.value as T;
  }
}

function commit(db: Database, parts: readonly Part[]): Promise<void> {
  return inTransaction(db, async (connection) => {
    // A transaction that begins by writing holds the one lock, and nothing that it reads is out of date.
    await connection
      .updateTable('meta')
      .set(({ ref }) => ({ value: ref('value') }))
      .where('key', '=', 'version')
      .execute();
    if (parts.length === 1) parts[0].result = { status: 'fulfilled', value: await parts[0].work(connection) };
    else for (const part of parts) await runPart(connection, part);
  });
}

async function runPart(db: Database, part: Part): Promise<void> {
  let isEnded = false;
  [part.result] = await Promise.allSettled([inSavepoint(db, part.work, () => (isEnded = true))]);
  if (isEnded && part.result.status === 'rejected') throw part.result.reason;
}
