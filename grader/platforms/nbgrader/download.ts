import { zonedMomentOf } from '../../common/time.ts';
import { UngradableError } from '../../model/errors.ts';
import type { DownloadItem, Owner, OwnerOf } from '../Download.ts';

type Folder = DownloadItem & { readonly kind: 'folder' };

const TIMESTAMP = 'timestamp.txt';
/** A date, a time and the name of a zone. */
const MAX_BYTES = 200;

/**
 * nbgrader: `submitted/<student>/<assignment>`, in which nbgrader's own `timestamp.txt` says when it was handed in;
 * undefined if half of the folders are not of this form. A folder of that name in any other download is the student's.
 */
export async function nbgraderOwner(items: readonly DownloadItem[]): Promise<OwnerOf | undefined> {
  const folders = items.filter((item) => item.kind === 'folder');
  const collected = folders.filter((folder) => assignmentIn(folder) !== undefined);
  if (collected.length === 0 || 2 * collected.length < items.length) return undefined;
  const times = new Map<string, Pick<Owner, 'handedInAt' | 'handedInLocal'>>();
  for (const folder of collected) times.set(folder.name, timeIn(await textIn(folder)));
  return ({ name }) => {
    const time = times.get(name);
    if (!time) return undefined;
    const students = [{ name, ids: { login: name } }];
    return { id: name, name, students, isLate: false, order: 0, ...time };
  };
}

/** The only folder in a student's folder, if nbgrader has collected it. */
function assignmentIn(folder: Folder): string | undefined {
  const [name, ...others] = folder.names();
  return name !== undefined && others.length === 0 && folder.names(name).includes(TIMESTAMP) ? name : undefined;
}

async function textIn(folder: Folder): Promise<string> {
  try {
    return new TextDecoder().decode(await folder.read(`${assignmentIn(folder)!}/${TIMESTAMP}`, MAX_BYTES)).trim();
  } catch (error) {
    if (error instanceof UngradableError) return '';
    throw error;
  }
}

/** `2026-11-20 09:00:00.123456 Europe/Berlin`; an abbreviation like `CET` does not name a zone of its own. */
function timeIn(text: string): Pick<Owner, 'handedInAt' | 'handedInLocal'> {
  const moment = zonedMomentOf(text);
  if (moment) return { handedInAt: moment.at };
  const local = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)/u.exec(text);
  return local && zonedMomentOf(local[0], 'UTC') ? { handedInLocal: `${local[1]}T${local[2]}` } : {};
}
