import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { whyNotRead } from '../../common/whyNotRead.ts';
import { UsageError } from '../../model/errors.ts';
import { REPORT_VERSION, ScoreReport } from '../../model/report.ts';

/**
 * Reads a score report back, also one of version 1.
 *
 * @throws UsageError in one line: no such file, not JSON, not a score report, of a newer version, or not valid.
 */
export async function readJson(path: string): Promise<ScoreReport> {
  const document = parse(await read(path), path);
  const head = Head.safeParse(document);
  if (!head.success) throw new UsageError(`${path} is not a score report of im2grade`);
  if (head.data.version > REPORT_VERSION) {
    throw new UsageError(
      `${path} is a score report of version ${head.data.version}; this grader reads up to version ${REPORT_VERSION}: update im2grade`,
    );
  }
  const report = ScoreReport.safeParse(head.data.version === 1 ? withStudents(document) : document);
  if (report.success) return report.data;
  const [issue] = report.error.issues;
  throw new UsageError(`${path} is a damaged score report: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Version 1 is the same, without the students. */
const Version1 = z.looseObject({ submission: z.looseObject({}) });

function withStudents(document: unknown): unknown {
  const old = Version1.safeParse(document);
  if (!old.success) return document;
  const { submission, ...rest } = old.data;
  return { ...rest, version: REPORT_VERSION, submission: { ...submission, students: [] } };
}

const Head = z.object({ schema: z.literal('im2grade/score-report'), version: z.number() });

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${whyNotRead(error)}`);
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
}
