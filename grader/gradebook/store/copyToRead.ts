import { existsSync } from 'node:fs';
import { access, constants, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { foundAt } from '../../host/files/foundAt.ts';
import { MachineFault } from '../../model/errors.ts';

/** Whether a database's file, and what SQLite makes beside it, can be written. */
export async function isWritable(path: string): Promise<boolean> {
  const can = (file: string) =>
    access(file, constants.W_OK).then(
      () => true,
      () => false,
    );
  return (await can(path)) && (await can(dirname(resolve(path))));
}

const TRIES = 20;

/**
 * Copies a SQLite database for someone who may only read it: SQLite itself writes beside a database that it reads.
 *
 * @throws MachineFault if it is being written all the time
 */
export async function copyToRead(path: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'im2grade-gradebook-'));
  const [copy, remove] = [join(folder, 'gradebook.db'), () => rm(folder, { recursive: true, force: true })];
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = stampOf(path);
      await copyFile(path, copy);
      await rm(`${copy}-wal`, { force: true });
      if (existsSync(`${path}-wal`)) await copyFile(`${path}-wal`, `${copy}-wal`);
      if (stampOf(path) === before) return { path: copy, remove };
    }
    throw new MachineFault(`${path}: other commands write to it all the time; try again`);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Changes whenever the database does. */
function stampOf(path: string): string {
  return [path, `${path}-wal`]
    .map((file) => foundAt(file))
    .map((found) => (found ? `${found.size} ${found.mtimeMs}` : ''))
    .join();
}
