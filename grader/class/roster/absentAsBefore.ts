import { foldedText } from '../../common/foldedText.ts';
import type { Student } from '../../model/student.ts';
import { rowsBefore } from '../rowsBefore.ts';
import type { Absent } from './enrol.ts';

/**
 * Those of the kept roster who handed in nothing and were in this class when it was graded before: without its roster
 * it has the same people. The others may be of another class of the course.
 *
 * @param out - the folder with the class reports of before
 */
export async function absentAsBefore(out: string, assignment: string, absent: readonly Absent[]): Promise<Absent[]> {
  const before = (await rowsBefore(out)).filter((row) => row.assignment === assignment);
  const known = new Set(before.flatMap(({ students }) => students.flatMap(keysOf)));
  return absent.filter(({ student }) => keysOf(student).some((key) => known.has(key)));
}

/** A name counts only if nothing else is known. */
function keysOf({ name, email, ids }: Student): string[] {
  const keys = [
    ...Object.entries(ids).map(([system, id]) => `${system} ${foldedText(id)}`),
    ...(email === undefined ? [] : [`address ${foldedText(email)}`]),
  ];
  return keys.length > 0 ? keys : [`name ${foldedText(name)}`];
}
