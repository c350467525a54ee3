import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { statOf } from '../../host/files/makeFolder.ts';

/** What a command does with a gradebook: only `make` makes one that is not there. */
export type Access = 'make' | 'change' | 'read';

/** The tables of the first gradebook; what else has tables is none. */
const OWN = ['meta', 'published', 'attempts', 'entries', 'students'];
/** How long a command waits for another one to finish a transaction. */
export const BUSY_MS = 60_000;

/**
 * Makes sure that a file is a gradebook before it is opened to be written: its settings would be changed then.
 *
 * Only SQLite opens the file, and with its locks: when a process closes a file that it has opened in another way, POSIX ends
 * all locks of the process on it. Another process would then take itself for the last one, and delete the log that this
 * one writes its transactions to.
 *
 * @param shown - what it is called in messages
 * @throws UsageError if it is something else
 */
export async function requireGradebookFile(path: string, shown: string, access: Access): Promise<void> {
  const found = await statOf(path);
  if (!found) return;
  if (found.isDirectory()) throw new UsageError(`${shown} is a folder; name the gradebook.db in it`);
  // A command that is killed at once leaves an empty file.
  if (found.size === 0 && access === 'make' && path.endsWith('.db')) return;
  const tables = found.size === 0 ? [] : await tablesIn(path, shown);
  if (found.size === 0 || tables.length > 0 || access !== 'make') requireOwnTables(tables, shown);
}

/**
 * @param tables - the names of those in the database
 * @throws UsageError unless it is a gradebook
 */
export function requireOwnTables(tables: readonly string[], shown: string): void {
  if (!OWN.every((name) => tables.includes(name))) throw notAGradebook(shown);
}

/** A server's database may be shared with others, as long as they have no tables of these names. */
export const hasOwnTable = (tables: readonly string[]): boolean => OWN.some((name) => tables.includes(name));

const notAGradebook = (shown: string): UsageError =>
  new UsageError(`the gradebook ${shown}: it is not a gradebook; name the course’s gradebook.db`);

/** Reads the names of tables, and changes nothing in the file. */
async function tablesIn(path: string, shown: string): Promise<string[]> {
  const { default: Libsql } = await import('libsql');
  // A database at rest that has a log needs files beside it even to be read, which a read-only connection does not make.
  const file = new Libsql(existsSync(`${path}-wal`) ? `${pathToFileURL(resolve(path)).href}?mode=ro` : path);
  try {
    file.exec(`pragma busy_timeout = ${BUSY_MS}`);
    const rows = file.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
    return rows.map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_NOTADB') throw notAGradebook(shown);
    throw error;
  } finally {
    file.close();
  }
}
