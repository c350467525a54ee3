import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from './tables.ts';

/** What a team is called if its names must not be known. */
export type Pseudonyms = (team: string) => string;

/**
 * The pseudonyms of a leaderboard. A team, also of one student, has the same one over the course. They follow from a secret
 * of the gradebook: who knows names, ids, or even the keys of teams, cannot tell whose they are.
 *
 * @returns undefined if there was no leaderboard yet
 */
export async function knownPseudonyms(db: Database): Promise<Pseudonyms | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
  if (!row) return undefined;
  const secret = Buffer.from(row.value, 'hex');
  return (team) => wordsFor(createHmac('sha256', secret).update(team).digest());
}

/** The same; makes the secret if there is none. */
export async function pseudonymsOf(db: Database): Promise<Pseudonyms> {
  await db
    .insertInto('meta')
    .values({ key: KEY, value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await knownPseudonyms(db))!;
}

const KEY = 'secret of the leaderboard';

const LOOKS =
  'amber azure bright brisk calm clear copper coral crimson curious distant early fleet gentle golden green ' +
  'happy hidden ivory jolly keen lively lucky mellow noble olive patient quiet silver steady sunny violet';
const ANIMALS =
  'badger beaver bison crane dolphin eagle falcon ferret finch fox gazelle gecko hare heron ibis jackdaw ' +
  'koala lark lynx marten moose newt osprey otter owl puffin raven robin seal stork swift wren';
/** Without those that are easily mistaken for another one. */
const CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const CODE = 4;

/** Two words that are easy to find in a list, and a code that keeps those of many teams apart. */
function wordsFor(digest: Buffer): string {
  const pick = (list: readonly string[], at: number): string => list[digest[at] % list.length];
  const code = Array.from({ length: CODE }, (_, at) => pick([...CHARACTERS], 2 + at)).join('');
  return `${pick(LOOKS.split(' '), 0)} ${pick(ANIMALS.split(' '), 1)} ${code}`;
}
