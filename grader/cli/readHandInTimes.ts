import { readFileSync } from 'node:fs';
import { zonedMomentOf } from '../common/time.ts';
import type { Deadlines } from '../model/deadlines.ts';
import { UsageError } from '../model/errors.ts';
import { sheetRows } from '../host/files/sheetRows.ts';

const STUDENT = 'student';
const HANDED_IN = 'handedIn';

type HandedIn = Pick<Deadlines, 'handedIn' | 'unreadable'>;

/**
 * Reads when each student handed in, from a CSV file with a header that includes the columns `student` and `handedIn`,
 * with commas, semicolons or tabs between its cells. The latest of several rows of a student counts; a time that is
 * blank or cannot be read is named, and concerns that student only.
 *
 * @param zone - of times without one
 * @throws UsageError in one line, if the file cannot be read or has no such columns
 */
export function readHandInTimes(path: string, zone: string | undefined): HandedIn {
  const [header, ...rows] = sheetRows(path, () => readFileSync(path), { trim: true, relax_column_count: true });
  const [student, handedIn] = [STUDENT, HANDED_IN].map((name) => header?.record.indexOf(name) ?? -1);
  if (student < 0 || handedIn < 0) throw new UsageError(`${path}:1: must have the columns ${STUDENT} and ${HANDED_IN}`);
  const times = new Map<string, string>();
  const unreadable: string[] = [];
  for (const { record, info } of rows) {
    const [name, text] = [record[student] ?? '', record[handedIn] ?? ''];
    if (name === '') continue;
    const moment = zonedMomentOf(text, zone)?.at;
    if (moment === undefined) unreadable.push(`${name} ("${text}" at ${path}:${info.lines})`);
    else if (moment > (times.get(name) ?? '')) times.set(name, moment);
  }
  return { handedIn: Object.fromEntries(times), unreadable };
}
