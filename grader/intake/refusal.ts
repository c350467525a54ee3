import { UngradableError } from '../model/errors.ts';

const MAX_SHOWN = 200;

/** An untrusted name in printable form: no control characters, of bounded length. */
export function displayName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, '?');
  return clean.length > MAX_SHOWN ? `${clean.slice(0, MAX_SHOWN)}…` : clean;
}

/** Every refusal of intake: one line, whatever the names and library messages in it contain. */
export const refusal = (subject: string, message: string): UngradableError =>
  new UngradableError(`${displayName(subject)}: ${displayName(message)}`);

/** A deliverable is a link or no regular file. That is no slip: the whole submission is refused. */
export class NoPlainFileError extends UngradableError {}

/** As `refusal`, for what is not a plain file. */
export const noPlainFile = (subject: string, message: string): NoPlainFileError =>
  new NoPlainFileError(refusal(subject, message).message);

/** The message of a thrown value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
