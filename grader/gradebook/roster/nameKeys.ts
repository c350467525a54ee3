import { foldedText } from '../../common/foldedText.ts';

/**
 * Keys of a name: two names that share one may be of one person. The order of the words does not matter, nor if a
 * platform has run them together: `Ada Lovelace`, `Lovelace, Ada`, `lovelaceada`.
 */
export const nameKeys = (name: string): string[] => keysOf(wordsOf(name));

/** As `nameKeys`, for names that a platform has written in ASCII: `Muller` and `Mueller` for `Müller`. */
export const asciiNameKeys = (name: string): string[] =>
  [SPELT_OUT, {}].flatMap((letters) => keysOf(wordsOf(name).map((word) => inAscii(word, letters))));

const wordsOf = (name: string): string[] =>
  foldedText(name)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');

/** No person's name has more words: of a longer text, the words are not tried in every order in which they may run together. */
const MOST_WORDS = 32;

function keysOf(words: readonly string[]): string[] {
  const runTogether = words
    .slice(0, words.length > MOST_WORDS ? 1 : undefined)
    .map((_, at) => [...words.slice(at), ...words.slice(0, at)].join(''));
  return [...new Set([words.toSorted().join(' '), ...runTogether])].filter((key) => key !== '');
}

const SPELT_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' };
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th' };

const inAscii = (word: string, letters: Readonly<Record<string, string>>): string =>
  [...word]
    .map((letter) => letters[letter] ?? PLAIN[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
