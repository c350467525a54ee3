import { join } from 'node:path';
import { RosterIndex } from '../gradebook/roster/RosterIndex.ts';
import { putAwayEarlier } from '../platforms/saveFormats.ts';
import type { HandIn } from './handInsOf.ts';
import { rowsBefore } from './rowsBefore.ts';

/** Whose reports were put away. */
interface PutAway {
  /** Those who handed in nothing now. */
  readonly left: readonly string[];
  /** Hand-ins of students who are in the class under another name, or in another team. */
  readonly replaced: readonly string[];
}

/**
 * Puts away the reports of hand-ins that were in the class before and are not any more: an export of the folder would
 * give their students a score. The gradebook keeps everything.
 *
 * @param out - the folder with the class reports of before
 * @param handIns - those of the class now
 */
export async function putAwayLeavers(
  out: string,
  handIns: readonly Pick<HandIn, 'folder' | 'students'>[],
): Promise<PutAway> {
  const present = new Set(handIns.map(({ folder }) => folder));
  const index = new RosterIndex(handIns.flatMap(({ students }) => students));
  const [left, replaced]: [string[], string[]] = [[], []];
  for (const { name, folder, students } of await rowsBefore(out)) {
    if (folder === undefined || present.has(folder) || /[/\\]|^\.\.?$/u.test(folder)) continue;
    if (!(await putAwayEarlier(join(out, folder), undefined))) continue;
    const theirs = students.length > 0 ? students : [{ name, ids: {} }];
    const gone = theirs.filter((student) => index.find(student).candidates.length === 0);
    left.push(...gone.map((student) => student.name));
    if (gone.length === 0) replaced.push(name);
  }
  return { left, replaced };
}
