import { printableLine } from '../report/text/printable.ts';

const MOST_NAMES = 5;

/**
 * The line for exit code 3: what the grader or the machine failed at, and the consequence.
 *
 * @param names - of criteria or of submissions, at least one
 */
export function graderFailedAt(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const listed = names.slice(0, MOST_NAMES).map(printableLine).join(', ');
  return `the grader or this machine failed at ${listed}${more}: those points are pending, and no result was sent anywhere; grade again`;
}
