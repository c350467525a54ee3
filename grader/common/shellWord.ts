/**
 * A word as a POSIX shell reads it: quoted only if it has to be.
 *
 * @example
 * ```ts
 * shellWord("Ada's work"); // `'Ada'\''s work'`
 * ```
 */
export const shellWord = (word: string): string => (/^[\w%+,./:=@-]+$/u.test(word) ? word : quotedWord(word));

/** The same, always quoted. */
export const quotedWord = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
