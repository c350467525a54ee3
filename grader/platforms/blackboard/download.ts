import { UngradableError } from '../../model/errors.ts';
import type { DownloadItem, Owner, OwnerOf } from '../Download.ts';

const BLACKBOARD = /^(?<head>.+)_attempt_(?<at>\d{4}(?:-\d\d){5})(?:(?<receipt>\.txt)|_(?<file>.+))$/u;
/** The first line of a receipt: `Name: Ada Lovelace (ada)`, in the language of the platform. */
const NAME_LINE = /^\uFEFF?[^:\n]+:\s*(?<name>[^\n]+?)\s*\((?<user>[^()\n]+)\)\s*$/u;
const MAX_RECEIPT_BYTES = 1024 * 1024;
const MAX_NAME_LINE = 1000;

interface Person {
  readonly name: string;
  readonly user: string;
}

/**
 * Blackboard: files `<assignment>_<user>_attempt_<time>_<file>`, and for each attempt a receipt
 * `<assignment>_<user>_attempt_<time>.txt` with the student's name.
 */
export async function blackboardOwner(items: readonly DownloadItem[]): Promise<OwnerOf | undefined> {
  const people = new Map<string, Person | undefined>();
  for (const item of items) {
    const head = BLACKBOARD.exec(item.name)?.groups?.['head'];
    if (item.kind === 'file' && head !== undefined) people.set(head, people.get(head) ?? (await personIn(item)));
  }
  if (people.size === 0) return undefined;
  const prefix = assignmentIn(people);
  return (item) => {
    const groups = BLACKBOARD.exec(item.name)?.groups;
    if (item.kind !== 'file' || !groups) return undefined;
    const { head, at, receipt, file } = groups as Record<'head' | 'at', string> & typeof groups;
    return ownerOf(people.get(head) ?? nameless(head.slice(prefix.length)), at, file, receipt !== undefined);
  };
}

const nameless = (user: string): Person => ({ name: user, user });

const ownerOf = ({ name, user }: Person, at: string, file: string | undefined, isReceipt: boolean): Owner => ({
  id: user,
  name,
  students: [{ name, ids: { login: user } }],
  isLate: false,
  handedInLocal: at.replace(/^(\d+-\d+-\d+)-(\d+)-(\d+)-(\d+)$/u, '$1T$2:$3:$4'),
  order: 0,
  attempt: Number(at.replaceAll('-', '')),
  key: user,
  file,
  problem: isReceipt ? 'no file was handed in with this attempt' : undefined,
});

/** The student that a receipt names; undefined if the file is no receipt. */
async function personIn(item: DownloadItem & { kind: 'file' }): Promise<Person | undefined> {
  if (BLACKBOARD.exec(item.name)?.groups?.['receipt'] === undefined) return undefined;
  try {
    const text = new TextDecoder().decode(await item.read(MAX_RECEIPT_BYTES));
    const [first] = text.slice(0, MAX_NAME_LINE).split('\n');
    const { name, user } = NAME_LINE.exec(first)?.groups ?? {};
    return name !== undefined && user !== undefined ? { name, user } : undefined;
  } catch (error) {
    if (error instanceof UngradableError) return undefined;
    throw error;
  }
}

/** The assignment's part of the names, with the underscore: as the receipts show, or else what all have in common. */
function assignmentIn(people: ReadonlyMap<string, Person | undefined>): string {
  const heads = [...people.keys()];
  for (const [head, person] of people)
    if (person && head.endsWith(`_${person.user}`)) return head.slice(0, -person.user.length);
  const [first, ...others] = heads;
  if (others.length === 0) return first.slice(0, first.lastIndexOf('_') + 1);
  let length = first.length;
  while (!others.every((other) => other.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, first.slice(0, length).lastIndexOf('_') + 1);
}
