/**
 * A word as a POSIX shell reads it: in quotes if the shell would change it.
 *
 * @example
 * ```ts
 * shellWord("my course's"); // 'my course'\''s'
 * ```
 */
export const shellWord = (word: string): string =>
  /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * The same for a path: one that begins like an option gets `./` in front.
 *
 * @example
 * ```ts
 * shellPath('-f'); // ./-f
 * ```
 */
export const shellPath = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path);
