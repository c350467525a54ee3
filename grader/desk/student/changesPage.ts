import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assignment } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Desk } from '../Desk.ts';
import { shortcut } from '../frame/shortcut.ts';
import { shownNames } from '../frame/shortened.ts';
import { NotFound } from '../NotFound.ts';
import { differences } from './differences.ts';
import { filesOf, type TeamWork } from './teamWork.ts';

/**
 * What was changed in an attempt.
 *
 * @param from - since another attempt, by its id, or since the `skeleton`
 * @throws NotFound if there is no such attempt
 */
export async function changesPage(desk: Desk, assignment: Assignment, work: TeamWork, from: string): Promise<Html> {
  const before = await filesBefore(desk, assignment, work, from);
  return html`<main>
    <h1>Changes of <bdi>${shownNames(work)}</bdi></h1>
    <p><a href="../?attempt=${work.shown.id}" ${shortcut('B')}>Back to the report</a></p>
    ${differences(before, work.files)}
  </main>`;
}

async function filesBefore(
  desk: Desk,
  { deliverables, folders }: Assignment,
  { attempts }: TeamWork,
  from: string,
): Promise<ReadonlyMap<string, string>> {
  const attempt = attempts.find(({ id }) => id === from);
  if (attempt) return filesOf(desk, attempt.digest);
  if (from !== 'skeleton') throw new NotFound('There is no such attempt.');
  const texts = deliverables.map(async ({ path }) => {
    const text = await readFile(join(folders.skeleton, path), 'utf8').catch(() => undefined);
    return text === undefined ? [] : [[path, text] as const];
  });
  return new Map((await Promise.all(texts)).flat());
}
