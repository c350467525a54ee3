import type { Database } from './tables.ts';

/** Lets somebody sign in with a password, or with another one from now on. */
export async function setPassword(db: Database, name: string, password: string): Promise<void> {
  await db
    .insertInto('assistants')
    .values({ name, password })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ password }))
    .execute();
}

/** What is stored of a password; undefined if no one has this name. */
export async function storedPasswordOf(db: Database, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('assistants').select('password').where('name', '=', name).executeTakeFirst();
  return row?.password;
}

/** Everybody who may sign in, by name. */
export async function assistantNames(db: Database): Promise<string[]> {
  return (await db.selectFrom('assistants').select('name').orderBy('name').execute()).map(({ name }) => name);
}

/** @returns false if no one has this name */
export async function removeAssistant(db: Database, name: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('assistants').where('name', '=', name).executeTakeFirst();
  return numDeletedRows > 0n;
}
