import { MANIFEST } from './namedWeights.ts';

/** The usual names of files of weights: they are recognised even if such a file was renamed or moved. */
const WEIGHTS = [
  'weights.bin',
  'group1-shard1of1.bin',
  ...[2, 3, 4].flatMap((count) => Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`)),
];

/**
 * The files in which a trained model may be handed in, the most usual first: ONNX with or without a second file of
 * weights, safetensors, a state dict of PyTorch, a layers model of TensorFlow.js in a folder. Weights in this folder may
 * have other names, too: those of `namedWeights`.
 *
 * @param path - of the model, without an extension
 *
 * @example
 * ```ts
 * modelFiles('models/lenet'); // ['models/lenet.onnx', 'models/lenet.onnx.data', 'models/lenet.safetensors', …]
 * ```
 */
export const modelFiles = (path: string): string[] => [
  `${path}.onnx`,
  `${path}.onnx.data`,
  `${path}.safetensors`,
  `${path}.pth`,
  `${path}/${MANIFEST}`,
  ...WEIGHTS.map((name) => `${path}/${name}`),
];

/** The files of one model that was handed in. */
interface ChosenModel {
  /** The file to begin with, like `models/lenet.onnx`. */
  readonly path: string;
  /** All its files, from the folder of that one. */
  readonly files: readonly string[];
}

/** What a model can be read from alone. */
const isWhole = (name: string): boolean => /\.(?:onnx|safetensors|pth|json)$/u.test(name);

/** Whether a file that was handed in is in the folder of a model, where nothing but its own files is taken. */
export const isInModelFolder = (model: string, name: string): boolean => name.startsWith(`${model}/`);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * The file from which a model is read, and those beside it that belong to it.
 *
 * @param path - of the model, without an extension
 * @param handedIn - the paths of all files that were handed in
 * @returns undefined if there is none; one line if it is not clear which it is
 *
 * @example
 * ```ts
 * chosenModel('models/lenet', ['models/lenet.onnx']); // { path: 'models/lenet.onnx', files: ['models/lenet.onnx'] }
 * ```
 */
export function chosenModel(
  path: string,
  handedIn: readonly string[],
): ChosenModel | { readonly refused: string } | undefined {
  const usual = modelFiles(path);
  const files = [
    ...usual.filter((name) => handedIn.includes(name)),
    ...handedIn.filter((name) => isInModelFolder(path, name) && !usual.includes(name)),
  ];
  const [first, second] = files.filter(isWhole);
  if (files.length === 0) return undefined;
  if (first === undefined)
    return { refused: `${files[0]}: holds weights only; hand in the file of the model beside it` };
  if (second !== undefined) return { refused: `${first} and ${second}: hand in one of them` };
  return { path: first, files: files.filter((name) => folderOf(name) === folderOf(first)) };
}
