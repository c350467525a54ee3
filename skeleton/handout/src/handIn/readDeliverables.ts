import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment, Deliverable } from '../assignment.ts';
import { fatal, type Problem, warning } from './Problem.ts';
import { decodeText, foldName, modelFiles } from './rules.ts';

/** The deliverables that can be handed in, by path, and what is wrong with the others. */
export interface Deliverables {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly Problem[];
}

/** Reads the deliverables in a folder, by the rules of the grader's intake. */
export function readDeliverables(assignment: Assignment, folder: string): Deliverables {
  const files = new Map<string, Uint8Array>();
  const problems: Problem[] = [];
  for (const deliverable of assignment.deliverables) {
    if (deliverable.model) {
      readModel(assignment, deliverable, folder, { files, problems });
      continue;
    }
    const read = readOne(assignment, deliverable, folder);
    if ('bytes' in read) files.set(deliverable.path, read.bytes);
    else problems.push(problemOf(assignment, deliverable, read));
  }
  return { files, problems };
}

/** A model may be in one of several files, and in several together; the rest can be graded without it. */
function readModel(
  assignment: Assignment,
  deliverable: Deliverable,
  folder: string,
  { files, problems }: { files: Map<string, Uint8Array>; problems: Problem[] },
): void {
  const { path } = deliverable;
  let isThere = false;
  for (const file of modelFiles(path)) {
    const read = readOne(assignment, { ...deliverable, path: file, binary: true }, folder);
    if ('bytes' in read) files.set(file, read.bytes);
    else if ('refused' in read) problems.push(fatal(`${file}: ${read.refused}`));
    isThere ||= !('missing' in read);
  }
  if (!isThere)
    problems.push(
      problemOf(assignment, { ...deliverable, optional: true }, { missing: ` (as ${path}.onnx, for example)` }),
    );
}

type NotRead = { readonly missing: string } | { readonly refused: string };

function readOne(
  { limits }: Assignment,
  { path, binary, fileBytes = limits.fileBytes }: Deliverable,
  folder: string,
): { readonly bytes: Uint8Array } | NotRead {
  const found = find(folder, path);
  if (found !== path) return { missing: found === undefined ? '' : `; found ${found}: rename it` };
  const stats = lstatSync(join(folder, path));
  if (stats.isSymbolicLink()) return { refused: 'is a link; replace it by the file itself' };
  if (!stats.isFile()) return { refused: 'is not a file' };
  if (stats.size > fileBytes) return { refused: `${stats.size} bytes; at most ${fileBytes} are read` };
  const bytes = readFileSync(join(folder, path));
  const text = binary ? undefined : decodeText(bytes);
  return text && 'refused' in text ? text : { bytes };
}

/**
 * The path as it is spelled in the folder: on some machines a file opens under other names too.
 *
 * @returns another spelling if there is only that, and undefined if there is none
 */
function find(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    const names = namesIn(join(folder, ...parts));
    const name = names.includes(part) ? part : names.find((other) => foldName(other) === foldName(part));
    if (name === undefined) return undefined;
    parts.push(name);
  }
  return parts.join('/');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function problemOf({ rubric }: Assignment, { path, optional }: Deliverable, why: NotRead): Problem {
  const what = 'missing' in why ? `${path} is missing${why.missing}` : `${path}: ${why.refused}`;
  if (!optional && 'missing' in why && why.missing === '')
    return fatal(`${what}; take the file of the handout if you have not started it`);
  if (!optional) return fatal(what);
  const ids = rubric
    .flatMap(({ criteria }) => criteria)
    .filter(({ examines }) => examines.includes(path))
    .map(({ id }) => id);
  const shown = ids.length > MOST_IDS ? [...ids.slice(0, MOST_IDS), '…'] : ids;
  return warning(`${what}; without it there are no points for ${shown.join(', ') || 'it'}`);
}

const MOST_IDS = 3;
