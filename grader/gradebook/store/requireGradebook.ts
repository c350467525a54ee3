import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
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
const HEADER = 'SQLite format 3\0';

/**
 * Makes sure that a file is a gradebook before it is opened to be written: opening it would change it.
 *
 * @param shown - what it is called in messages
 * @throws UsageError if it is something else
 */
export async function requireGradebookFile(path: string, shown: string, access: Access): Promise<void> {
  const found = await statOf(path);
  if (!found) return;
  if (found.isDirectory()) throw new UsageError(`${shown} is a folder; name the gradebook.db in it`);
  const header = await headerOf(path);
  // A command that is killed at once leaves an empty file.
  if (header === '' && access === 'make' && path.endsWith('.db')) return;
  if (header !== HEADER) throw notAGradebook(shown);
  const tables = await tablesIn(path);
  if (tables.length > 0 || access !== 'make') requireOwnTables(tables, shown);
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

async function headerOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Reads the names of tables, and changes nothing in the file. */
async function tablesIn(path: string): Promise<string[]> {
  if (existsSync(`${path}-wal`)) return namesIn(path, 'mode=ro');
  // Without such a file no command writes to it, unless one has just begun.
  return namesIn(path, 'immutable=1').catch(() => namesIn(path, 'mode=ro'));
}

async function namesIn(path: string, how: string): Promise<string[]> {
  const { default: Libsql } = await import('libsql');
  const file = new Libsql(`${pathToFileURL(resolve(path)).href}?${how}`);
  try {
    file.exec(`pragma busy_timeout = ${BUSY_MS}`);
    const rows = file.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
    return rows.map(({ name }) => name);
  } finally {
    file.close();
  }
}
