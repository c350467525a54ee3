import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { copyToRead, isWritable } from './copyToRead.ts';
import { FilesByDigest } from '../../host/files/FilesByDigest.ts';
import { FILES, filesFolder, isEmpty } from './filesFolder.ts';
import { GroupCommit } from './GroupCommit.ts';
import { isUrl, shownLocation } from './location.ts';
import { explained, openDatabase } from './openDatabase.ts';
import type { Access } from './requireGradebook.ts';
import { type Database, hasTables } from './tables.ts';

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
  readonly #writes: GroupCommit;
  readonly #files: string;
  readonly #removeCopy: () => Promise<void>;

  private constructor(location: string, folder: string, db: Database, removeCopy: () => Promise<void>) {
    this.#removeCopy = removeCopy;
    this.#location = location;
    this.#db = db;
    this.#writes = new GroupCommit(db);
    this.folder = folder;
    this.shown = shownLocation(location);
    this.#files = join(folder, FILES);
    this.reports = new FilesByDigest(join(this.#files, 'reports'));
    this.submissions = new FilesByDigest(join(this.#files, 'submissions'));
  }

  /**
   * Opens a gradebook.
   *
   * @param location - a file, or the URL of a PostgreSQL database
   * @param folder - where the files of a database with a URL are kept, unless it knows of another folder
   * @param access - `make` makes it if it does not exist; `read` needs no permission to write
   * @throws UsageError if it is not a gradebook, or its files are missing
   */
  static async open(location: string, folder: string, access: Access = 'make'): Promise<CourseGradebook> {
    const isFileToRead = access === 'read' && !isUrl(location);
    const copied = () => explained(location, () => copyToRead(location));
    let copy = isFileToRead && !(await isWritable(location)) ? await copied() : undefined;
    const removeCopy = async () => copy?.remove();
    try {
      let db = await openDatabase(location, access, copy?.path);
      if (isFileToRead && !copy && !(await hasTables(db))) {
        // An older gradebook stays as it is; a copy gets what it does not have.
        await db.destroy();
        copy = await copied();
        db = await openDatabase(location, access, copy.path);
      }
      const opened = db;
      const home = isUrl(location)
        ? await explained(location, () => filesFolder(opened, resolve(folder), access === 'make'))
        : dirname(resolve(location));
      const book = new CourseGradebook(location, home, db, removeCopy);
      await book.#requireFiles();
      return book;
    } catch (error) {
      await removeCopy();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#db.destroy();
    await this.#removeCopy();
  }

  /** A database without its files would pass for a class of which nothing was graded. */
  async #requireFiles(): Promise<void> {
    if (existsSync(this.#files)) return;
    if (await this.read(isEmpty)) return;
    await this.#db.destroy();
    throw new UsageError(
      `the gradebook ${this.shown}: its folder ${this.#files} is missing; copy it as well, it has the reports and the submissions`,
    );
  }

  read<T>(work: (db: Database) => Promise<T>): Promise<T> {
    return explained(this.#location, () => work(this.#db));
  }

  /** Runs work in a transaction: see `GroupCommit`. */
  write<T>(work: (db: Database) => Promise<T>): Promise<T> {
    return explained(this.#location, () => this.#writes.run(work));
  }
}

/**
 * Differs whenever anything in the gradebook has changed, by this process or another one; undefined if the database cannot
 * say.
 */
export async function stampOf(book: CourseGradebook): Promise<string | undefined> {
  if (isUrl(book.shown)) return undefined;
  const { CompiledQuery } = await import('kysely');
  const texts = ['pragma data_version', 'select total_changes() as own'];
  return book.read(async (db) => {
    const [others, own] = [
      await db.executeQuery(CompiledQuery.raw(texts[0])),
      await db.executeQuery(CompiledQuery.raw(texts[1])),
    ];
    return JSON.stringify([others.rows, own.rows]);
  });
}

/** A name for what these texts determine. */
export const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

export const now = (): string => new Date().toISOString();
