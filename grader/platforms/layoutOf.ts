import { autolabOwner } from './autolab/download.ts';
import { blackboardOwner } from './blackboard/download.ts';
import { brightspaceOwner } from './brightspace/download.ts';
import { canvasOwner } from './canvas/download.ts';
import type { DownloadItem, Layout } from './Download.ts';
import { gitHubClassroomOwner } from './github/download.ts';
import { gradescopeLayout } from './gradescope/download.ts';
import { iliasOwner } from './ilias/download.ts';
import { moodleOwner } from './moodle/download.ts';
import { nbgraderOwner } from './nbgrader/download.ts';
import { plainOwner } from './plainOwner.ts';
import { prairieLearnOwner } from './prairielearn/download.ts';

/**
 * Finds out how the items of a download are named, from all of them together: as a platform names them, or else a
 * folder or an archive for each student.
 *
 * @param folder - the name of the downloaded folder or archive
 * @param known - words that are expected in the assignment's name
 */
export async function layoutOf(
  folder: string,
  items: readonly DownloadItem[],
  known: readonly string[],
): Promise<Layout> {
  const gradescope = await gradescopeLayout(items);
  const platforms = [
    gradescope?.ownerOf,
    moodleOwner(items),
    brightspaceOwner,
    await blackboardOwner(items),
    prairieLearnOwner(items),
    await nbgraderOwner(items),
    autolabOwner(items),
    canvasOwner(items),
    gitHubClassroomOwner(folder, items, known),
    iliasOwner(items),
    plainOwner,
  ];
  return {
    ownerOf: (item) => {
      for (const ownerOf of platforms) {
        const owner = ownerOf?.(item);
        if (owner) return owner;
      }
      return undefined;
    },
    notes: gradescope?.notes ?? [],
  };
}
