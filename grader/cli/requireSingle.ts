import { UsageError } from '../model/errors.ts';

/** Options that may be repeated. */
const LISTS = new Set(['_', 'only', 'report', 'from', 'weight', 'corpus', 'accepted']);

/** Options whose value is a name or a time. */
const NAMES = [
  'out',
  'assignment',
  'due',
  'deadlines',
  'handed-in',
  'roster',
  'worksheet',
  'grade-column',
  'gradebook',
  'html',
  'template',
  'read',
  'title',
  'points',
  'preview',
];

/** @throws UsageError if an option with a single value is repeated or has no value: nothing is guessed */
export function requireSingle(given: Readonly<Record<string, unknown>>): true {
  const twice = Object.keys(given).find((name) => Array.isArray(given[name]) && !LISTS.has(name));
  if (twice !== undefined) throw new UsageError(`--${twice} is given more than once`);
  const empty = NAMES.find((name) => given[name] === '');
  if (empty !== undefined) throw new UsageError(`--${empty}: its value is missing`);
  return true;
}
