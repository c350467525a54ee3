import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { UsageError } from '../model/errors.ts';
import { momentOf } from '../common/time.ts';

const STUDENT = 'student';
const HANDED_IN = 'handedIn';

/**
 * Reads when each student handed in, from a CSV file with a header that includes the columns `student` and `handedIn`.
 *
 * @returns moments as ISO 8601 in UTC, by the file's names of the students
 * @throws UsageError in one line, with file and line
 */
export function readHandInTimes(path: string): Record<string, string> {
  const [header, ...rows] = rowsOf(path);
  const [student, handedIn] = [STUDENT, HANDED_IN].map((name) => header?.record.indexOf(name) ?? -1);
  if (student < 0 || handedIn < 0) throw new UsageError(`${path}:1: must have the columns ${STUDENT} and ${HANDED_IN}`);
  return Object.fromEntries(
    rows.map(({ record, info }) => {
      const moment = momentOf(record[handedIn]);
      if (moment !== undefined) return [record[student], moment];
      throw new UsageError(
        `${path}:${info.lines}: ${HANDED_IN}: "${record[handedIn]}" must be a date, a time and a zone, like 2026-11-20T09:00+01:00`,
      );
    }),
  );
}

interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function rowsOf(path: string): Row[] {
  try {
    const text = readFileSync(path, 'utf8');
    return parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true }) as unknown as Row[];
  } catch (error) {
    throw new UsageError(`${path}: cannot be read as CSV (${(error as Error).message.split('\n')[0]})`);
  }
}
