import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect, SqliteDatabase, SqliteStatement } from 'kysely';
import { MachineFault, UsageError } from '../../model/errors.ts';
import { makeFolder } from '../../host/files/makeFolder.ts';
import { whyNotWritten } from '../../host/files/whyNotWritten.ts';
import { isUrl, shownLocation } from './location.ts';
import { type Access, BUSY_MS, hasOwnTable, requireGradebookFile, requireOwnTables } from './requireGradebook.ts';
import { type Database, GRADEBOOK_VERSION, hasTables, makeTables, type Tables } from './tables.ts';

/**
 * Opens a gradebook's database; `make` makes it if it does not exist. The drivers are loaded when they are needed: other
 * commands start without them.
 *
 * @param location - a file, or the URL of a PostgreSQL database
 * @param file - a copy of the file that is opened instead
 * @throws UsageError if it is not a gradebook, or of a newer version; it is unchanged then
 * @throws MachineFault if it cannot be read or written
 */
export async function openDatabase(location: string, access: Access, file = location): Promise<Database> {
  return explained(location, async () => {
    if (!isUrl(location)) await requireGradebookFile(file, location, access);
    const db = isUrl(location) ? await openPostgres(location) : await openFile(file);
    try {
      if (isUrl(location)) {
        const tables = await tablesOf(db);
        if (access !== 'make' || hasOwnTable(tables)) requireOwnTables(tables, shownLocation(location));
      }
      // Only a copy of a file is changed in order to read it.
      const isFixed = access === 'read' && file === location && !isUrl(location);
      if (!isFixed && !(await hasTables(db))) await makeTablesOnce(db, location);
      await checkVersion(db, location);
      return db;
    } catch (error) {
      await db.destroy();
      throw error;
    }
  });
}

/** Of two commands that make the tables at once, PostgreSQL refuses one. */
async function makeTablesOnce(db: Database, location: string): Promise<void> {
  try {
    await makeTables(db, isUrl(location) ? 'begin' : 'begin immediate');
  } catch (error) {
    if (!(await hasTables(db).catch(() => false))) throw error;
  }
}

const tablesOf = async (db: Database): Promise<string[]> =>
  (await db.introspection.getTables()).map(({ name }) => name);

async function checkVersion(db: Database, location: string): Promise<void> {
  const { value } = await db.selectFrom('meta').select('value').where('key', '=', 'version').executeTakeFirstOrThrow();
  if (Number(value) > GRADEBOOK_VERSION)
    throw new UsageError(
      `${shownLocation(location)} is a gradebook of version ${value}; this grader reads up to version ${GRADEBOOK_VERSION}: update im2grade`,
    );
}

async function openFile(path: string): Promise<Database> {
  const [{ default: Libsql }, { SqliteDialect }] = await Promise.all([import('libsql'), import('kysely')]);
  await makeFolder(dirname(path));
  const file = new Libsql(path);
  file.exec(`pragma busy_timeout = ${BUSY_MS}`);
  file.exec('pragma synchronous = FULL');
  await untilFree(() => void file.exec('pragma journal_mode = WAL'));
  return databaseOf(new SqliteDialect({ database: preparedOnce(file) }));
}

/** To prepare each statement anew was a tenth of the time of a class whose gradings are known. */
function preparedOnce(file: SqliteDatabase): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = statements.get(sql) ?? file.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    close: () => file.close(),
  };
}

async function databaseOf(dialect: Dialect): Promise<Database> {
  const { Kysely } = await import('kysely');
  const { WithoutZeroBytes } = await import('./WithoutZeroBytes.ts');
  return new Kysely<Tables>({ dialect, plugins: [new WithoutZeroBytes()] });
}

/** SQLite does not wait by itself when another process changes the mode of the same new file. */
async function untilFree(change: () => void): Promise<void> {
  for (const deadline = performance.now() + BUSY_MS; ; await sleep(20)) {
    try {
      return change();
    } catch (error) {
      const isBusy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ?? false;
      if (!isBusy || performance.now() > deadline) throw error;
    }
  }
}

async function openPostgres(url: string): Promise<Database> {
  const [{ default: pg }, { PostgresDialect }] = await Promise.all([import('pg'), import('kysely')]);
  // Counts are sums of integers that fit a number.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // A server that stops ends the connections, also those that wait. The pool replaces them; queries say what has happened.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  return databaseOf(new PostgresDialect({ pool }));
}

const ENDED = 'the database server has ended the connection; try again';

/** What the codes of the databases, or the messages without one, mean to the person who runs the command, by their beginnings. */
const FAULTS: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'the disk is full; make room and try again'],
  ['SQLITE_IOERR', 'the disk cannot be read or written; is it full?'],
  ['SQLITE_BUSY', 'another command is writing to it; try again'],
  ['SQLITE_READONLY', 'it cannot be written; check the permissions'],
  ['SQLITE_CANTOPEN', 'it cannot be opened; check the folder, the permissions and the room on the disk'],
  ['SQLITE_CORRUPT', 'it is damaged; restore a copy'],
  ['ECONNREFUSED', 'the database server cannot be reached'],
  ['ENOTFOUND', 'the database server cannot be reached'],
  ['57P', ENDED],
  ['ECONNRESET', ENDED],
  ['Connection terminated', ENDED],
  ['Client has encountered a connection error', ENDED],
  ['53', 'the database server has no room or memory left; try again later'],
];

/** The same for what the person who runs the command has named wrongly. */
const MISTAKES: typeof FAULTS = [
  ['SQLITE_NOTADB', 'it is not a gradebook; name the course’s gradebook.db'],
  ['EACCES', 'you may not read it'],
  ['28', 'the database server refuses this user'],
  ['42501', 'this user of the database may not change it'],
  ['3D000', 'there is no such database; make it with createdb'],
];

/** Runs work on a database, and says in one line why it failed. */
export async function explained<T>(location: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError || error instanceof MachineFault) throw error;
    const { code, message } = error as { code?: string; message: string };
    const meaningIn = (table: typeof FAULTS) => table.find(([begin]) => (code ?? message).startsWith(begin))?.[1];
    const where = `the gradebook ${shownLocation(location)}`;
    const mistake = meaningIn(MISTAKES);
    if (mistake !== undefined) throw new UsageError(`${where}: ${mistake}`);
    const why = meaningIn(FAULTS) ?? whyNotWritten(error);
    if (why === undefined) throw error;
    throw new MachineFault(`${where}: ${why}`, { cause: message });
  }
}
