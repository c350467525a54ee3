import type { OnnxModel, OnnxTensor } from './OnnxModel.ts';
import type { Files } from './numbersOf.ts';

/** The name that the second file of a model has beside it, like `lenet.onnx.data`. */
export const dataBeside = (file: string): string => `${file}.data`;

/**
 * The files of a model whose second file was renamed with it: what the exporter called `model.onnx.data` is
 * `lenet.onnx.data` beside `lenet.onnx`. The model still says the old name; if that is the only one that is not there, the
 * file is meant.
 *
 * @returns the same files, with the old name as another one if that is so
 */
export function withRenamedData(file: string, model: OnnxModel, files: Files): Files {
  const data = files.get(dataBeside(file));
  if (!data) return files;
  const locations = new Set([...tensorsOf(model)].flatMap(locationOf));
  const missing = [...locations].filter((location) => !files.has(location));
  if (missing.length !== 1 || locations.has(dataBeside(file))) return files;
  return new Map([...files, [missing[0], data]]);
}

/** As files are called that were handed in together. */
export const plainLocation = (location: string): string => location.replace(/^\.\//, '');

const locationOf = ({ data }: OnnxTensor): string[] =>
  data instanceof Uint8Array ? [] : [plainLocation(data.location)];

function* tensorsOf({ initializers, nodes }: OnnxModel): Generator<OnnxTensor> {
  yield* initializers.values();
  for (const { attributes } of nodes) for (const { tensor } of attributes.values()) if (tensor) yield tensor;
}
