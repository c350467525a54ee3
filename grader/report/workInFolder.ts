import { join, normalize } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { readJson } from './json/readJson.ts';

/** The path in a replay command, quoted or not. */
const PATH = /-- (.+) --assignment /u;
const QUOTES = /['"\\]/gu;

/**
 * The submission of another path whose report is in a folder; undefined if the folder is free, or its report belongs to
 * the submission of this path.
 */
export async function otherWorkIn(
  folder: string,
  path: string,
): Promise<{ readonly digest: string; readonly path: string } | undefined> {
  const report = await readJson(join(folder, 'report.json')).catch(() => undefined);
  const named = report && PATH.exec(report.grading.command)?.[1];
  if (!report || named === undefined || same(named) === same(path)) return undefined;
  return { digest: report.submission.digest, path: named };
}

const same = (path: string): string => normalize(path.replace(QUOTES, '')).replace(/\/+$/u, '');

/** @throws UsageError if the folder has the report of other work: it, and the points given for it, would be lost */
export function requireSameWork(
  other: { readonly digest: string; readonly path: string } | undefined,
  digest: string,
  folder: string,
): void {
  if (other && other.digest !== digest)
    throw new UsageError(
      `${folder} has the report of another submission, ${other.path}; choose another folder with --out`,
    );
}
