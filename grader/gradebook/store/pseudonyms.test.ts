import { expect } from '@jest/globals';
import { onEach } from '../test/onEach.ts';
import { knownPseudonyms, pseudonymsOf } from './pseudonyms.ts';
import { teamKey } from './teamOf.ts';

const TEAMS = Array.from({ length: 400 }, (_, at) => teamKey([`student ${at}`]));

onEach('a pseudonym stays, and others cannot work it out', async (book) => {
  expect(await book.read(knownPseudonyms)).toBeUndefined();
  const first = await book.write(pseudonymsOf);
  const again = (await book.read(knownPseudonyms))!;
  const written = (await book.write(pseudonymsOf))(TEAMS[0]);
  const names = TEAMS.map(first);
  expect(TEAMS.map(again)).toEqual(names);
  expect(written).toBe(names[0]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+ [a-z]+ [a-z2-9]{4}$/u);
  // Another course that knows the same keys has other names: they follow from a secret.
  await book.write((db) => db.deleteFrom('meta').where('key', '=', 'secret of the leaderboard').execute());
  const other = await book.write(pseudonymsOf);
  expect(TEAMS.map(other).filter((name, at) => name === names[at])).toEqual([]);
});
