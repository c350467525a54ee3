import { isWeights, MANIFEST } from './namedWeights.ts';

const MOST_LINES = 20;
const MOST_NAMES = 4;

/** What was handed in for the models of an assignment. */
interface ModelsHandedIn {
  /** The paths of the models, without an extension. */
  readonly models: readonly string[];
  /** The paths of all files that are there. */
  readonly present: readonly string[];
  /** The paths of those that are taken. */
  readonly taken: readonly string[];
  /** The paths of files of weights that are not there and that a `model.json` names. */
  readonly missing: readonly string[];
}

/** What ends the path of a file of a model, in place of the ending that a file has; a file of weights is not among them. */
const FORMS: readonly (readonly [ending: RegExp, form: string])[] = [
  [/\.onnx$/iu, '.onnx'],
  [/\.data$/iu, '.onnx.data'],
  [/\.safetensors$/iu, '.safetensors'],
  [/\.pth?$/iu, '.pth'],
  [/\.json$/iu, `/${MANIFEST}`],
];
const WHOLE = FORMS.map(([, form]) => form).filter((form) => form !== '.onnx.data');

/**
 * A line for each file in the models' folders that is not taken, with the names under which it would be.
 *
 * @example
 * ```ts
 * notTaken({ models: ['models/a'], present: ['models/a.onnx', 'models/b.data'], taken: ['models/a.onnx'], missing: [] });
 * // ['models/b.data is not taken; it would be taken as models/a.onnx.data']
 * ```
 */
export function notTaken(handedIn: ModelsHandedIn): string[] {
  const folders = new Set(handedIn.models.filter((path) => path.includes('/')).map(folderOf));
  const left = handedIn.present
    .filter((path) => [...folders].some((folder) => path.startsWith(folder)))
    .filter((path) => !handedIn.taken.includes(path) && !/(?:^|\/)\./u.test(path))
    .sort();
  const lines = left.slice(0, MOST_LINES).map((path) => `${path} is not taken${remedyFor(path, handedIn)}`);
  return left.length > MOST_LINES
    ? [...lines, `${left.length - MOST_LINES} more files of models are not taken`]
    : lines;
}

function remedyFor(path: string, handedIn: ModelsHandedIn): string {
  const form = FORMS.find(([ending]) => ending.test(path))?.[1];
  if (isWeights(path.toLowerCase())) return asOneOf(weightsLike(path, handedIn)) ?? `; no ${MANIFEST} names it`;
  if (form !== undefined) return asOneOf(formsLike(path, form, handedIn)) ?? '; no model needs it';
  return `; a model is handed in as .onnx, .safetensors, .pth or a folder with ${MANIFEST}`;
}

const asOneOf = (names: readonly string[]): string | undefined =>
  names.length > 0 ? `; it would be taken as ${names.slice(0, MOST_NAMES).join(' or ')}` : undefined;

/** The names of missing weights: those beside the file if there are any. */
function weightsLike(path: string, { missing }: ModelsHandedIn): readonly string[] {
  const beside = missing.filter((name) => folderOf(name) === folderOf(path));
  return beside.length > 0 ? beside : missing;
}

/** The names under which a file would be one of a model that lacks it: that of whose name it is if there is one. */
function formsLike(path: string, form: string, { models, taken }: ModelsHandedIn): readonly string[] {
  const has = (model: string, ending: string): boolean => taken.includes(`${model}${ending}`);
  const lacking = models.filter((model) =>
    form === '.onnx.data' ? has(model, '.onnx') && !has(model, form) : !WHOLE.some((ending) => has(model, ending)),
  );
  const own = lacking.filter((model) => path.toLowerCase().startsWith(model.toLowerCase()));
  return (own.length > 0 ? own : lacking).map((model) => `${model}${form}`);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
