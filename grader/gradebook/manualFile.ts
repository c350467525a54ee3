import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { MANUAL_POINTS_VERSION, type ManualEntry, ManualPoints } from '../model/manualPoints.ts';
import { whyNotRead } from '../common/whyNotRead.ts';
import { writeWhole } from '../host/files/writeWhole.ts';

/**
 * The points that people gave for the submission whose report is in a folder; none if there is no `manual.json`.
 *
 * @throws UsageError in one line, if it is damaged or belongs to another assignment: points must not be lost silently
 */
export async function readManual(folder: string, assignmentId: string): Promise<ManualEntry[]> {
  const path = join(folder, 'manual.json');
  const text = await textOf(path);
  if (text === undefined) return [];
  const { assignment, entries } = parsed(text, path);
  if (assignment !== assignmentId)
    throw new UsageError(`${path} holds points of ${assignment}, not of ${assignmentId}; choose another folder`);
  return entries;
}

/** Adds points to `manual.json`, and returns all points that it now holds. */
export async function addManual(folder: string, assignmentId: string, entry: ManualEntry): Promise<ManualEntry[]> {
  const entries = [...(await readManual(folder, assignmentId)), entry];
  const document: ManualPoints = {
    schema: 'im2grade/manual-points',
    version: MANUAL_POINTS_VERSION,
    assignment: assignmentId,
    entries,
  };
  await writeWhole(join(folder, 'manual.json'), JSON.stringify(ManualPoints.parse(document), undefined, 2) + '\n');
  return entries;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${path} cannot be read: ${whyNotRead(error)}`);
  }
}

function parsed(text: string, path: string): ManualPoints {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON; repair it or move it away, the points in it are kept nowhere else`);
  }
  const manual = ManualPoints.safeParse(document);
  if (manual.success) return manual.data;
  const [issue] = manual.error.issues;
  throw new UsageError(
    `${path} is not a file of manual points that this grader can read: ${issue.path.join('.')}: ${issue.message}`,
  );
}
