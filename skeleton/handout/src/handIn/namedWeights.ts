import * as z from 'zod';

/** The name of the file with the layers of a model of TensorFlow.js; its weights are in files beside it, which it names. */
export const MANIFEST = 'model.json';

/** Files of weights that are taken of one model; TensorFlow.js makes one of each 4 MB. */
const MOST_FILES = 64;
/** Of the layers; a hundred of them have 50 kB. */
const MOST_BYTES = 4_000_000;
const MOST_LINES = 5;
const MOST_SHOWN = 80;

const Manifest = z.object({ weightsManifest: z.array(z.object({ paths: z.array(z.string()) })) });

/** A name that means the same on every machine, and no other folder. */
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .()+,@=-]{0,99}\.bin$/u;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Whether a file may be one of weights by its name. */
export const isWeights = (path: string): boolean => /\.bin$/u.test(path);

/** The files of weights that a `model.json` names. */
export interface NamedWeights {
  /** Names of files beside it, each once. */
  readonly names: readonly string[];
  /** Why others are not taken, a line each. */
  readonly refused: readonly string[];
}

/**
 * The files of weights that belong to a model of TensorFlow.js, by what its `model.json` says. It may say anything: only
 * plain names that end in `.bin` are taken, and not more than 64.
 *
 * @param manifest - the bytes of `model.json`; if they are no manifest, nothing is named
 *
 * @example
 * ```ts
 * namedWeights(Buffer.from('{"weightsManifest":[{"paths":["./net.weights.bin"]}]}')).names; // ['net.weights.bin']
 * ```
 */
export function namedWeights(manifest: Uint8Array): NamedWeights {
  const all = [...new Set(pathsIn(manifest).map((path) => path.replace(/^\.\//u, '')))];
  const plain = all.filter((path) => PLAIN.test(path));
  const others = all.filter((path) => !PLAIN.test(path));
  const refused = others
    .slice(0, MOST_LINES)
    .map(
      (path) => `names "${shown(path)}", which is not taken: weights are beside it, under plain names that end in .bin`,
    );
  if (plain.length > MOST_FILES)
    refused.push(`names ${plain.length} files of weights, and ${MOST_FILES} are taken; save the model in fewer files`);
  return { names: plain.slice(0, MOST_FILES), refused };
}

/** Why a file of weights is not read that, with the others of its model, has more bytes than one file may have. */
export const tooManyWeights = (most: number): string =>
  `the files of weights have more than ${most} bytes together; make the model smaller`;

function pathsIn(manifest: Uint8Array): string[] {
  if (manifest.length > MOST_BYTES) return [];
  let json: unknown;
  try {
    json = JSON.parse(decoder.decode(manifest));
  } catch {
    return [];
  }
  const read = Manifest.safeParse(json);
  return read.success ? read.data.weightsManifest.flatMap(({ paths }) => paths) : [];
}

function shown(path: string): string {
  const clean = path.replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, '?');
  return clean.length > MOST_SHOWN ? `${clean.slice(0, MOST_SHOWN)}…` : clean;
}
