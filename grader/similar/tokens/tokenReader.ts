import { appendFileSync, readFileSync } from 'node:fs';
import { canonicalTokens } from './canonicalTokens.ts';
import { MAX_TOKENS, packed, type TokensOrRefusal } from './packed.ts';
import type { Token } from './Token.ts';
import { wordsOf } from './wordsOf.ts';

/**
 * Reads sources and prose as tokens, and writes each answer on a line of its own as soon as it is known: what does not come
 * to an end is the file after the last answer. The first line is empty, and says that the reader has started.
 *
 *     node tokenReader.cjs <files, a JSON array> <output>
 */
const [files, output] = [JSON.parse(process.argv[2]) as string[], process.argv[3]];

function read(file: string): TokensOrRefusal {
  try {
    const text = readFileSync(file, 'utf8');
    const units: readonly (readonly Token[])[] = file.endsWith('.ts') ? canonicalTokens(text) : [wordsOf(text)];
    const tokens = units.reduce((sum, { length }) => sum + length, 0);
    return tokens > MAX_TOKENS ? { refused: `has more than ${MAX_TOKENS} words of code` } : { tokens: packed(units) };
  } catch (error) {
    const isTooDeep = error instanceof RangeError;
    return { refused: isTooDeep ? 'is nested too deeply' : 'is not TypeScript' };
  }
}

appendFileSync(output, '\n');
for (const file of files) appendFileSync(output, `${JSON.stringify(read(file))}\n`);
