import { foldedText } from '../../common/foldedText.ts';
import { groupBy } from '../../common/groupBy.ts';
import { haveOtherIds } from '../../model/haveOtherIds.ts';
import { IdSystem, type Student } from '../../model/student.ts';
import { asciiNameKeys, nameKeys } from './nameKeys.ts';

/** Who of the roster a student may be: one, several by the same evidence, or no one. */
export interface Found<Entry extends Student> {
  readonly candidates: readonly Entry[];
  /** True if only the name says so. */
  readonly isByName: boolean;
}

type Index<Entry> = ReadonlyMap<string, readonly Entry[]>;

/** A roster, prepared for finding students by id, login, address and name, in this order. */
export class RosterIndex<Entry extends Student> {
  readonly #steps: readonly { keysOf: (student: Student) => string[]; index: Index<Entry>; isByName: boolean }[];

  constructor(roster: readonly Entry[]) {
    const step = (
      entryKeys: (entry: Student) => string[],
      keysOf: (student: Student) => string[] = entryKeys,
      isByName = false,
    ) => ({ keysOf, index: indexBy(roster, entryKeys), isByName });
    const idsIn = (systems: readonly IdSystem[]) => (entry: Student) =>
      systems.flatMap((system) => (entry.ids[system] === undefined ? [] : [numberKey(entry.ids[system])]));
    this.#steps = [
      step(systemKeys),
      step(idsIn(['sid']), words),
      step(idsIn(['login', 'github']), words),
      step(idsIn(IdSystem.options), ({ ids, name }) => (isEmpty(ids) ? [numberKey(name)] : [])),
      step(
        ({ email }) => textKeys(email),
        ({ email, name, ids }) => [...textKeys(email), ...textKeys(ids.login ?? name)],
      ),
      step(
        ({ email }) => textKeys(email?.split('@')[0]),
        ({ ids, name }) => (isEmpty(ids) ? textKeys(name) : []),
      ),
      step(({ name }) => nameKeys(name), undefined, true),
      step(({ name }) => asciiNameKeys(name), undefined, true),
    ];
  }

  /** Two ids of one system belong to two people. So do two addresses if only the names agree. */
  find(student: Student): Found<Entry> {
    for (const { keysOf, index, isByName } of this.#steps) {
      const found = [...new Set(keysOf(student).flatMap((key) => index.get(key) ?? []))];
      const candidates = found.filter((entry) => !isSomebodyElse(entry, student, isByName));
      if (candidates.length > 0) return { candidates: isByName ? candidates : nearest(candidates, student), isByName };
    }
    return { candidates: [], isByName: false };
  }
}

/** Of several whose ids differ only in leading zeros, the one whose id is written like that. */
function nearest<Entry extends Student>(candidates: readonly Entry[], { ids, name }: Student): readonly Entry[] {
  if (candidates.length === 1) return candidates;
  const written = new Set([...Object.values(ids), name].map(foldedText));
  const exact = candidates.filter((entry) => Object.values(entry.ids).some((id) => written.has(foldedText(id))));
  return exact.length > 0 ? exact : candidates;
}

function indexBy<Entry extends Student>(roster: readonly Entry[], keysOf: (entry: Student) => string[]): Index<Entry> {
  const pairs = roster.flatMap((entry) => keysOf(entry).map((key) => ({ key, entry })));
  return new Map([...groupBy(pairs, ({ key }) => key)].map(([key, group]) => [key, group.map(({ entry }) => entry)]));
}

const isEmpty = (ids: Student['ids']): boolean => Object.keys(ids).length === 0;

/** An id as it compares: spreadsheets drop leading zeros. */
export const numberKey = (id: string): string => foldedText(id).replace(/^0+(?=\d+$)/u, '');

const textKeys = (text: string | undefined): string[] => (text === undefined ? [] : [foldedText(text)]);

const systemKeys = ({ ids }: Student): string[] =>
  IdSystem.options.flatMap((system) => (ids[system] === undefined ? [] : [`${system} ${numberKey(ids[system])}`]));

/** What may be a student's id or login: those that a platform knows, or a folder's name. */
function words({ ids, name }: Student): string[] {
  const known = [ids.sid, ids.login, ids.github].filter((id) => id !== undefined);
  return (isEmpty(ids) ? [name] : known).map(numberKey);
}

function isSomebodyElse(entry: Student, student: Student, isByName: boolean): boolean {
  const emails = [entry.email, student.email].flatMap((email) => (email === undefined ? [] : foldedText(email)));
  return haveOtherIds(entry, student, numberKey) || (isByName && new Set(emails).size === 2);
}
