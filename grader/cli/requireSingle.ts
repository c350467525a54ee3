import { UsageError } from '../model/errors.ts';

/** What may be there several times. */
const LISTS = new Set(['_', 'only', 'report', 'from']);

/** Options whose value is a name or a time. */
const NAMES = ['out', 'assignment', 'due', 'deadlines', 'handed-in', 'worksheet', 'grade-column'];

/** @throws UsageError when an option that says one thing is there twice, or without a value: nothing is guessed */
export function requireSingle(given: Readonly<Record<string, unknown>>): true {
  const twice = Object.keys(given).find((name) => Array.isArray(given[name]) && !LISTS.has(name));
  if (twice !== undefined) throw new UsageError(`--${twice} is there more than once`);
  const empty = NAMES.find((name) => given[name] === '');
  if (empty !== undefined) throw new UsageError(`--${empty}: its value is missing`);
  return true;
}
