import { setFlagsFromString } from 'node:v8';
import { compileFunction, type Context } from 'node:vm';

/**
 * Compiles a source to a function whose text no message and no method of V8 can reveal: what runs is bytecode compiled
 * from the source, over a text of blanks of the same length.
 *
 * V8 quotes functions in its messages ("… called on incompatible receiver function relu(e){…}"), bypassing any replaced
 * `toString`. Every function must be compiled at once and stay compiled, because a text of blanks cannot be compiled
 * again.
 *
 * @throws SyntaxError if the source cannot be compiled
 */
export function compileHidden(source: string, parsingContext: Context, filename: string): () => unknown {
  setFlagsFromString('--no-lazy');
  setFlagsFromString('--no-flush-bytecode');
  const options = { parsingContext, filename };
  const { cachedData } = compileFunction(source, [], { ...options, produceCachedData: true });
  const hidden = compileFunction(' '.repeat(source.length), [], { ...options, ...(cachedData && { cachedData }) });
  if (!cachedData || hidden.cachedDataRejected !== false) throw new Error('the bytecode of a bundle was refused');
  return hidden as () => unknown;
}
