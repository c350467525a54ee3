import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../host/files/makeFolder.ts';
import { tryLock } from '../host/lock.ts';
import { UsageError } from '../model/errors.ts';

/**
 * Runs `work` while no other command grades into this folder. Temporary files of gradings are kept in it, and if all of
 * the processes are killed, the next run removes them.
 */
export async function inWorkFolder(out: string, work: () => Promise<void>): Promise<void> {
  const folder = join(resolve(out), '.work');
  await makeFolder(out);
  const name = createHash('sha256').update(realpathSync(out)).digest('hex').slice(0, 16);
  const lock = await tryLock(`class-${name}`);
  if (!lock) throw new UsageError(`${out}: another command is grading into this folder`);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const variable of ['TMPDIR', 'TEMP', 'TMP']) process.env[variable] = folder;
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    lock.release();
  }
}
