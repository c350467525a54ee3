import type { Student } from '../model/student.ts';
import { canvasOwner } from './canvas/download.ts';
import type { DownloadItem, OwnerOf } from './Download.ts';
import { moodleOwner } from './moodle/download.ts';
import { withoutSuffix } from './archiveKinds.ts';
import { printableLine } from '../report/text/printable.ts';

/**
 * Whose submissions are, by their names: for reports of single submissions and of version 1, which name no students. The
 * names of files of a platform's download are read as such if all of them together look like one.
 *
 * @returns a student for each name
 */
export function participantsOf(submissions: readonly string[]): ReadonlyMap<string, Student> {
  const items = submissions.map(itemOf);
  const platforms = [moodleOwner(items), canvasOwner(items)];
  return new Map(submissions.map((name) => [name, participantOf(name, platforms)]));
}

function participantOf(submission: string, platforms: readonly (OwnerOf | undefined)[]): Student {
  const item = itemOf(submission);
  const [student] = platforms.flatMap((ownerOf) => ownerOf?.(item)?.students ?? []);
  if (student) return { ...student, name: shown(student.name) };
  return { name: shown(withoutSuffix(submission)), ids: {} };
}

const shown = (name: string): string => printableLine(name).trim() || '?';

const itemOf = (name: string): DownloadItem => ({
  kind: 'file',
  name,
  read: () => Promise.reject(new Error('only the name is known')),
});
