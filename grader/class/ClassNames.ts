import { foldedText } from '../common/foldedText.ts';
import { groupBy } from '../common/groupBy.ts';
import type { KnownPerson } from '../gradebook/store/knownPersons.ts';
import { withoutSuffix } from '../platforms/archiveKinds.ts';
import type { HandIn } from './handInsOf.ts';
import type { KnownHandIns } from './knownHandIns.ts';

/** Whose a name is. */
export interface Meaning {
  /** The hand-ins that the download calls so; none if only the gradebook does. */
  readonly named: readonly HandIn[];
  /** These, and all others of the same student. */
  readonly theirs: readonly HandIn[];
}

/** The names of those who handed in: what the download calls them and, if it has no such name, what the gradebook does. */
export class ClassNames {
  readonly #known: KnownHandIns;
  readonly #byPerson: ReadonlyMap<string, readonly HandIn[]>;
  readonly #inDownload: readonly Tier<HandIn>[];
  readonly #inGradebook: readonly Tier<KnownPerson>[];

  constructor(handIns: readonly HandIn[], known: KnownHandIns) {
    this.#known = known;
    this.#inDownload = tiersOf(handIns, calledLike);
    const all = [...known].flatMap(([handIn, persons]) => persons.map((person) => ({ handIn, person })));
    const byPerson = groupBy(all, ({ person }) => person.id);
    this.#byPerson = new Map([...byPerson].map(([id, group]) => [id, group.map(({ handIn }) => handIn)]));
    this.#inGradebook = tiersOf(
      [...byPerson.values()].map(([{ person }]) => person),
      namesOf,
    );
  }

  /**
   * Whose a name is; several if that is not clear, none if no one has it.
   *
   * @example
   * new ClassNames(handIns, known).meaningsOf('ada@example.org')
   */
  meaningsOf(name: string): readonly Meaning[] {
    const named = foundIn(this.#inDownload, name);
    if (named.length === 0)
      return foundIn(this.#inGradebook, name).map((person) => ({ named, theirs: this.#handInsOf(person) }));
    const persons = this.#commonTo(named);
    if (named.length > 1 && persons.length === 0) return named.map((each) => ({ named: [each], theirs: [each] }));
    const owners = named[0].students.length === 1 ? persons : foundIn(tiersOf(persons, namesOf), name);
    const others = owners.length === 1 ? this.#handInsOf(owners[0]) : [];
    return [{ named, theirs: [...new Set([...named, ...others])] }];
  }

  #commonTo([first, ...others]: readonly HandIn[]): readonly KnownPerson[] {
    const isOf = (person: KnownPerson, handIn: HandIn) => this.#personsOf(handIn).some(({ id }) => id === person.id);
    return this.#personsOf(first).filter((person) => others.every((handIn) => isOf(person, handIn)));
  }

  #personsOf(handIn: HandIn): readonly KnownPerson[] {
    return this.#known.get(handIn) ?? [];
  }

  #handInsOf({ id }: KnownPerson): readonly HandIn[] {
    return this.#byPerson.get(id) ?? [];
  }
}

/**
 * The names by which a download calls those who handed in, the folder's among them: a group has several ids, names and
 * addresses.
 */
export function calledLike({ id, name, email = '', students, source }: HandIn): string[] {
  const shown = [withoutSuffix(source), id, name, email, ...id.split('+'), ...name.split(', '), ...email.split(', ')];
  const own = students.flatMap((student) => [student.name, student.email ?? '', ...Object.values(student.ids)]);
  return [...new Set([...shown, ...own])].filter((called) => called !== '');
}

const namesOf = ({ names }: KnownPerson): readonly string[] => names;

/** Those who have a name, by one way of comparing names. */
interface Tier<T> {
  readonly keyOf: (name: string) => string | undefined;
  readonly found: ReadonlyMap<string | undefined, readonly { readonly item: T }[]>;
}

/** A number as YAML and spreadsheets read it; undefined if it is not one. */
const withoutZeros = (text: string): string | undefined =>
  /^\d+$/u.test(text.trim()) ? text.trim().replace(/^0+(?=\d)/u, '') : undefined;

/** A name as it is written comes before one that only compares as equal. */
const WAYS: readonly Tier<unknown>['keyOf'][] = [(name) => name, foldedText, withoutZeros];

function tiersOf<T>(items: readonly T[], namesOf: (item: T) => readonly string[]): Tier<T>[] {
  const named = items.flatMap((item) => namesOf(item).map((name) => ({ name, item })));
  return WAYS.map((keyOf) => ({ keyOf, found: groupBy(named, ({ name }) => keyOf(name)) }));
}

function foundIn<T>(tiers: readonly Tier<T>[], name: string): readonly T[] {
  for (const { keyOf, found } of tiers) {
    const key = keyOf(name);
    const items = key === undefined || key === '' ? undefined : found.get(key);
    if (items) return [...new Set(items.map(({ item }) => item))];
  }
  return [];
}
