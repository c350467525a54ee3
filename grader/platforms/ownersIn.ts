import { canvasOwner } from './canvas/download.ts';
import type { DownloadItem, OwnerOf } from './Download.ts';
import { gitHubClassroomOwner } from './github/download.ts';
import { gradescopeOwner } from './gradescope/download.ts';
import { moodleOwner } from './moodle/download.ts';
import { plainOwner } from './plainOwner.ts';

/**
 * Finds out how the items of a download are named, from all of them together: as a platform names them, or else a
 * folder or an archive for each student.
 *
 * @param folder - the name of the downloaded folder or archive
 */
export async function ownersIn(folder: string, items: readonly DownloadItem[]): Promise<OwnerOf> {
  const platforms = [
    await gradescopeOwner(items),
    canvasOwner,
    moodleOwner,
    gitHubClassroomOwner(folder, items),
    plainOwner,
  ];
  return (item) => {
    for (const ownerOf of platforms) {
      const owner = ownerOf?.(item);
      if (owner) return owner;
    }
    return undefined;
  };
}
