import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './tables.ts';

/** The folder with the files of a gradebook, in the folder that its paths are relative to. */
export const FILES = 'gradebook';

/**
 * The folder that the paths of a server's database are relative to. The first command that makes the gradebook decides;
 * others may be run from anywhere, and write their reports to other folders.
 *
 * @param folder - where a command expects it: it counts if nobody has decided, or if the files were moved there
 */
export async function filesFolder(db: Database, folder: string, isMade: boolean): Promise<string> {
  const hasFiles = (home: string) => existsSync(join(home, FILES));
  const known = await knownFolder(db);
  if (known !== undefined) return !hasFiles(known) && hasFiles(folder) ? folder : known;
  if (!isMade || !(hasFiles(folder) || (await isEmpty(db)))) return folder;
  await db
    .insertInto('meta')
    .values({ key: KEY, value: folder })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await knownFolder(db)) ?? folder;
}

const KEY = 'folder';

const knownFolder = async (db: Database): Promise<string | undefined> =>
  (await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst())?.value;

/** True while nothing refers to a file. */
export const isEmpty = async (db: Database): Promise<boolean> =>
  (await db.selectFrom('results').select('id').limit(1).executeTakeFirst()) === undefined;
