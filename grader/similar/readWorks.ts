import { isSource } from '@im2grade/handout/rules';
import type { Toolchain } from '../compile/findToolchain.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';
import type { Group, Member } from './openGroup.ts';
import { readTokens, type Source } from './readTokens.ts';

/** A work as it is compared. */
export interface ReadWork {
  readonly member: Member;
  /** Its group's place. */
  readonly group: number;
  /** By the paths of the deliverables that could be read. */
  readonly tokens: ReadonlyMap<string, Int32Array>;
}

export interface Unread {
  readonly name: string;
  readonly reason: string;
}

/** What the reading of works needs, and whom it keeps informed. */
export interface Reading {
  readonly toolchain: Toolchain;
  readonly assignment: Assignment;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** Works whose texts are in memory at a time. */
const AT_A_TIME = 128;
const PROSE = /\.(?:md|txt)$/u;

/** The deliverables that can be compared: sources and texts for people. */
export const comparable = ({ deliverables }: Assignment): string[] =>
  deliverables.map(({ path }) => path).filter((path) => isSource(path) || PROSE.test(path));

/**
 * Reads all works of all groups as tokens.
 *
 * @throws MachineFault if the machine fails, and the reason of the signal if it is aborted
 */
export async function readWorks(
  groups: readonly Group[],
  reading: Reading,
): Promise<{ readonly works: ReadWork[]; readonly unread: Unread[] }> {
  const all = groups.flatMap(({ members }, group) => members.map((member) => ({ member, group })));
  const works: ReadWork[] = [];
  const unread: Unread[] = [];
  reading.progress(0, all.length);
  for (let at = 0; at < all.length; at += AT_A_TIME) {
    const read = await readSome(all.slice(at, at + AT_A_TIME), reading, unread);
    works.push(...read);
    reading.progress(Math.min(at + AT_A_TIME, all.length), all.length);
  }
  return { works, unread };
}

async function readSome(
  some: readonly Pick<ReadWork, 'member' | 'group'>[],
  { toolchain, assignment, signal }: Reading,
  unread: Unread[],
): Promise<ReadWork[]> {
  const paths = comparable(assignment);
  const sources: (Source & { readonly of: number })[] = [];
  for (const [of, { member }] of some.entries()) {
    const submission = await readOrNote(member, signal, unread);
    for (const path of paths) {
      const text = submission?.files.get(path);
      if (text !== undefined) sources.push({ path, text, of });
    }
  }
  const tokens = some.map(() => new Map<string, Int32Array>());
  for (const [at, read] of (await readTokens(toolchain, assignment, sources, signal)).entries()) {
    const { of, path } = sources[at];
    if ('tokens' in read) tokens[of].set(path, read.tokens);
    else unread.push({ name: some[of].member.name, reason: `${path}: ${read.refused}` });
  }
  return some.map(({ member, group }, of) => ({ member, group, tokens: tokens[of] }));
}

async function readOrNote(member: Member, signal: AbortSignal, unread: Unread[]): Promise<Submission | undefined> {
  try {
    return await member.read(signal);
  } catch (error) {
    if (!(error instanceof UngradableError)) throw error;
    unread.push({ name: member.name, reason: error.message.split('\n')[0] });
    return undefined;
  }
}
