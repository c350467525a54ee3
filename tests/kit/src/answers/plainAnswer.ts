import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { CriterionFailure } from '../verdicts.ts';
import { AnswersFile } from './AnswersFile.ts';

const MOST_DEPTH = 8;

/**
 * What an answers file contains at one place, as plain values.
 *
 * @param texts - the deliverables by path
 * @param file - which of them holds the answers
 * @param path - the names on the way, joined by dots
 * @returns undefined if nothing is filled in there
 * @throws SubmissionFault `not-implemented` if the file does not exist
 * @throws CriterionFailure with the line if it cannot be read
 *
 * @example
 * ```ts
 * plainAnswer(examination().sources(), 'answers.yaml', 'lenet.normalisation'); // { mean: [0.5, 0.5, 0.5], … }
 * ```
 */
export function plainAnswer(texts: Readonly<Record<string, string>>, file: string, path: string): unknown {
  if (!Object.hasOwn(texts, file)) throw new SubmissionFault('not-implemented', `no readable ${file} was handed in`);
  const found = new AnswersFile(file, texts[file]).find(path.split('.'));
  const refused = (problem: string) => new CriterionFailure(`${file}:${found.line}: ${path}: ${problem}`);
  if (found.is === 'malformed') throw refused(found.problem);
  if (found.is !== 'written') return undefined;
  const value = plain(found.node, MOST_DEPTH);
  if (value === REFUSED) throw refused('write plain values, without aliases, and not so deeply nested');
  return value;
}

const REFUSED = Symbol('refused');

/** Names are compared and never looked up: `Object.fromEntries` gives each a property of its own. */
function plain(node: Node | null, depth: number): unknown {
  if (node === null) return null;
  if (isScalar(node)) return node.value;
  if (depth === 0 || !(isSeq(node) || isMap(node))) return REFUSED;
  if (isSeq(node)) {
    const items = node.items.map((item) => plain(item as Node | null, depth - 1));
    return items.includes(REFUSED) ? REFUSED : items;
  }
  const entries = node.items.map(({ key, value }) => [
    isScalar(key) ? String(key.value) : REFUSED,
    plain(value as Node | null, depth - 1),
  ]);
  if (entries.flat().includes(REFUSED)) return REFUSED;
  return Object.fromEntries(entries as [string, unknown][]);
}
