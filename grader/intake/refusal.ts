import { UngradableError } from '../model/errors.ts';

const MAX_SHOWN = 200;

/** A name from somebody else's archive, fit to stand in a line: no control characters, of bounded length. */
export function displayName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, '?');
  return clean.length > MAX_SHOWN ? `${clean.slice(0, MAX_SHOWN)}…` : clean;
}

/** The one way in which intake refuses: one line, whatever the names and library messages in it hold. */
export const refusal = (subject: string, words: string): UngradableError =>
  new UngradableError(`${displayName(subject)}: ${displayName(words)}`);

/** What a thrown value says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
