import { type Problem, warning } from './Problem.ts';

/** The functions of a deliverable that still throw NotImplementedError. */
export function unwrittenIn(path: string, text: string): Problem[] {
  const names = [...new Set([...text.matchAll(STUB)].map(([, , name]) => name))];
  if (names.length === 0) return [];
  const last = names.pop()!;
  const [list, are] = names.length > 0 ? [`${names.join(', ')} and ${last}`, 'are'] : [last, 'is'];
  return [warning(`${path}: ${list} ${are} not written yet, which counts as not attempted`)];
}

const STUB = /\bnew NotImplementedError\(\s*(['"`])([^'"`\n]+)\1/gu;
