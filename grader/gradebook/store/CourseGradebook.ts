import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { FilesByDigest } from './FilesByDigest.ts';
import { inTransaction } from './inTransaction.ts';
import { explained, isUrl, openDatabase, shownLocation } from './openDatabase.ts';
import type { Database } from './tables.ts';

/**
 * Everything that a course knows: students, attempts, gradings, what people gave, published grades. The database refers
 * to score reports and deliverables, which are files next to it, by their digests.
 */
export class CourseGradebook {
  /** The folder that the paths of reports are relative to. */
  readonly folder: string;
  /** What it is called in messages. */
  readonly shown: string;
  readonly reports: FilesByDigest;
  readonly submissions: FilesByDigest;
  readonly #location: string;
  readonly #db: Database;

  private constructor(location: string, folder: string, db: Database) {
    this.#location = location;
    this.#db = db;
    this.folder = folder;
    this.shown = shownLocation(location);
    const files = join(folder, 'gradebook');
    this.reports = new FilesByDigest(join(files, 'reports'));
    this.submissions = new FilesByDigest(join(files, 'submissions'));
  }

  /**
   * Opens a gradebook, and makes it if it does not exist.
   *
   * @param location - a file, or the URL of a PostgreSQL database
   * @param folder - where the files of a database with a URL are kept
   */
  static async open(location: string, folder: string): Promise<CourseGradebook> {
    const home = isUrl(location) ? resolve(folder) : dirname(resolve(location));
    return new CourseGradebook(location, home, await openDatabase(location));
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  read<T>(work: (db: Database) => Promise<T>): Promise<T> {
    return explained(this.#location, () => work(this.#db));
  }

  /** Runs work in one transaction, after those of all other commands that write. */
  write<T>(work: (db: Database) => Promise<T>): Promise<T> {
    return explained(this.#location, () =>
      inTransaction(this.#db, async (db) => {
        // A transaction that begins by writing holds the one lock, and nothing that it reads is out of date.
        await db
          .updateTable('meta')
          .set(({ ref }) => ({ value: ref('value') }))
          .where('key', '=', 'version')
          .execute();
        return work(db);
      }),
    );
  }
}

/** A name for what these texts determine. */
export const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

export const now = (): string => new Date().toISOString();
