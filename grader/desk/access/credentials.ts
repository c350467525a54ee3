import { UsageError } from '../../model/errors.ts';
import { printableLine } from '../../report/text/printable.ts';

/** How long a name and a password may be, and how short a password. */
const [LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD] = [200, 1000, 10];

/** The name of somebody who signs in, as it is stored: however an é was typed, and without spaces around it. */
export const signInName = (text: string): string => printableLine(text).normalize('NFC').replace(/\s+/gu, ' ').trim();

/** A password as its key is made: however an é was typed, and without spaces around it. */
export const signInPassword = (text: string): string => text.normalize('NFC').trim();

/**
 * The name of somebody who shall sign in.
 *
 * @param option - that names the person, for messages
 * @throws UsageError if it is empty or too long
 */
export function newName(text: string, option: string): string {
  const name = signInName(text);
  if (name === '') throw new UsageError(`${option}: say who`);
  if (name.length > LONGEST_NAME) throw new UsageError(`${option}: a name has at most ${LONGEST_NAME} characters`);
  return name;
}

/** @throws UsageError if it is too short or too long, or cannot be typed */
export function newPassword(text: string, name: string): string {
  const password = signInPassword(text);
  if (password.length < SHORTEST_PASSWORD)
    throw new UsageError(`the password of ${name} must have at least ${SHORTEST_PASSWORD} characters`);
  if (password.length > LONGEST_PASSWORD)
    throw new UsageError(`the password of ${name} must have at most ${LONGEST_PASSWORD} characters`);
  if (/\p{Cc}|\uFFFD/u.test(password))
    throw new UsageError(`the password of ${name} has characters that cannot be typed; save its file as UTF-8`);
  return password;
}
