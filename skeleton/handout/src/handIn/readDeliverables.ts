import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Assignment, Deliverable } from '../assignment.ts';
import { fatal, type Problem, warning } from './Problem.ts';
import { decodeText, foldName, MANIFEST, modelFiles, namedWeights, notTaken, tooManyWeights } from './rules.ts';

/** The deliverables that can be handed in, by path, and what is wrong with the others. */
export interface Deliverables {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly Problem[];
  /** A line for each file in the folders of the models that is not taken, with the name under which it would be. */
  readonly notTaken: readonly string[];
}

/** What was read so far. */
interface Reading {
  readonly files: Map<string, Uint8Array>;
  readonly problems: Problem[];
  /** The paths of weights that a manifest names and that are not there. */
  readonly missing: string[];
}

/** Reads the deliverables in a folder, by the rules of the grader's intake. */
export function readDeliverables(assignment: Assignment, folder: string): Deliverables {
  const reading: Reading = { files: new Map(), problems: [], missing: [] };
  const { files, problems, missing } = reading;
  for (const deliverable of assignment.deliverables) {
    if (deliverable.model) {
      readModel(assignment, deliverable, folder, reading);
      readWeights(assignment, deliverable, folder, reading);
      continue;
    }
    const read = readOne(assignment, deliverable, folder);
    if ('bytes' in read) files.set(deliverable.path, read.bytes);
    else problems.push(problemOf(assignment, deliverable, read));
  }
  const models = assignment.deliverables.filter(({ model }) => model).map(({ path }) => path);
  const present = [...new Set(models.map((path) => path.split('/')[0]))].flatMap((top) => filesIn(folder, top));
  return { files, problems, notTaken: notTaken({ models, present, taken: [...files.keys()], missing }) };
}

/** A model may be in one of several files, and in several together; the rest can be graded without it. */
function readModel(
  assignment: Assignment,
  deliverable: Deliverable,
  folder: string,
  { files, problems }: Reading,
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

/** The files of weights that the manifest of a model names; together they may have as many bytes as one file. */
function readWeights(
  assignment: Assignment,
  deliverable: Deliverable,
  folder: string,
  { files, problems, missing }: Reading,
): void {
  const manifest = `${deliverable.path}/${MANIFEST}`;
  const { names, refused } = namedWeights(files.get(manifest) ?? new Uint8Array());
  problems.push(...refused.map((why) => warning(`${manifest} ${why}`)));
  const most = deliverable.fileBytes ?? assignment.limits.fileBytes;
  let left = most;
  for (const path of names.map((name) => `${deliverable.path}/${name}`)) {
    if (files.has(path)) continue;
    const read = readOne(assignment, { ...deliverable, path, binary: true, fileBytes: most }, folder);
    if ('missing' in read) {
      missing.push(path);
      problems.push(warning(`${path} is missing${read.missing}; ${manifest} names it`));
    } else if ('refused' in read) problems.push(fatal(`${path}: ${read.refused}`));
    else if (read.bytes.length > left) problems.push(fatal(`${path}: ${tooManyWeights(most)}`));
    else {
      files.set(path, read.bytes);
      left -= read.bytes.length;
    }
  }
}

/** The paths of the files in a folder of the hand-in. */
function filesIn(folder: string, top: string): string[] {
  const names = namesIn(join(folder, top), true).map((name) => `${top}/${name.split(sep).join('/')}`);
  return names.filter((name) => !lstatSync(join(folder, name)).isDirectory());
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

function namesIn(folder: string, recursive = false): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' });
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
