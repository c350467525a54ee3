import { readFileSync } from 'node:fs';
import { LayerMisfit, type Model, sizesOf } from '@im2grade/layers';
import { BadUsage } from '@im2grade/programs';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import * as z from 'zod';

/** A model that cannot be used: file, line and the fix, in one line. */
export class ModelError extends BadUsage {}

const CLASSES = 10;

const count = z
  .number({ error: 'must be an integer of at least 1' })
  .int('must be an integer of at least 1')
  .min(1, 'must be an integer of at least 1');
const border = z
  .number({ error: 'must be an integer of at least 0' })
  .int('must be an integer of at least 0')
  .min(0, 'must be an integer of at least 0');
const positive = z.number({ error: 'must be a number greater than 0' }).positive('must be a number greater than 0');
const share = z
  .number({ error: 'must be a number of at least 0 and less than 1' })
  .min(0, 'must be at least 0')
  .lt(1, 'must be less than 1');
const path = z.string({ error: 'must be the path of a file' }).min(1, 'must be the path of a file');

const named = {
  name: z
    .string({ error: 'must be a word' })
    .regex(/^[A-Za-z]\w*$/, 'must be a word of letters, digits and _, like conv_1'),
};
const learning = { init_wt: positive, epsilon: positive, momentum: share.default(0), l2_decay: share.default(0) };
const windowed = { kernel_size: count, stride: count.default(1), padding: border.default(0) };

const FullyConnected = z.strictObject({ ...named, type: z.literal('FC'), num_channels: count, ...learning });
const Convolutional = z.strictObject({
  ...named,
  type: z.literal('CONVOLUTIONAL'),
  num_channels: count,
  ...windowed,
  convolve_method: z.enum(['method1', 'method2'], { error: 'must be method1 or method2' }).default('method1'),
  ...learning,
});
const MaxPooling = z.strictObject({ ...named, type: z.literal('MAXPOOL'), ...windowed });
const AnyLayer = z.discriminatedUnion('type', [FullyConnected, Convolutional, MaxPooling], {
  error: 'must be a layer of type FC, CONVOLUTIONAL or MAXPOOL',
});

/** What a YAML file of `models/` must hold; the defaults are the original's. */
const ModelFile = z.strictObject(
  {
    max_epochs: count,
    batch_size: count,
    data_path: path,
    checkpoint_file: path.regex(/\.safetensors$/, 'must end in .safetensors'),
    performance_stats: path,
    input_image_size_y: count,
    input_image_size_x: count,
    input_num_channels: count,
    display: z.boolean({ error: 'must be true or false' }).default(false),
    display_after: count.default(10),
    network: z.array(AnyLayer, { error: 'must be a list of layers' }).min(1, 'must be a list of at least one layer'),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'must hold the fields of a model; begin with one of models/' : undefined,
  },
) satisfies z.ZodType<Model>;

type Path = readonly (string | number)[];

/**
 * Reads a model and makes sure that its layers fit.
 *
 * @throws ModelError saying which line is wrong, and what to write there
 */
export function readModel(file: string): Model {
  const source = readSource(file);
  const parsed = ModelFile.safeParse(source.document.toJS() as unknown, { reportInput: true });
  if (!parsed.success) {
    const { at, message } = explain(parsed.error.issues);
    throw source.errorAt(at, message);
  }
  const { network } = parsed.data;
  const twice = network.findIndex(({ name }, i) => network.findIndex((other) => other.name === name) < i);
  if (twice >= 0)
    throw source.errorAt(
      ['network', twice, 'name'],
      `another layer is called ${network[twice].name}; give each its own name`,
    );
  requireFit(parsed.data, source.errorAt);
  return parsed.data;
}

function requireFit(model: Model, errorAt: (at: Path, message: string) => ModelError): void {
  try {
    const last = sizesOf(model)[model.network.length];
    const at = ['network', model.network.length - 1, 'num_channels'];
    if (last.num_channels !== CLASSES)
      throw errorAt(at, `must be ${CLASSES}: the last layer has an output for each digit`);
  } catch (error) {
    if (error instanceof LayerMisfit) throw errorAt(['network', error.layer, error.field], error.message);
    throw error;
  }
}

/** The place of the first problem, and its fix. A misspelt field is both unknown and missing. */
function explain(issues: readonly z.core.$ZodIssue[]): { at: Path; message: string } {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (!unknown) {
    const [{ path: at, input, message }] = issues;
    return { at: at as Path, message: input === undefined ? `missing; it ${message}` : message };
  }
  const missing = issues.filter(({ path, input }) => input === undefined && path.length === unknown.path.length + 1);
  const wanted = missing.map(({ path }) => String(path.at(-1))).join(', ');
  const fix = wanted === '' ? 'remove it' : `${wanted} is missing: is that what it should be called?`;
  return { at: [...(unknown.path as Path), unknown.keys[0]], message: `unknown field; ${fix}` };
}

interface Source {
  readonly document: Document;
  errorAt(at: Path, message: string): ModelError;
}

function readSource(file: string): Source {
  const lineCounter = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter });
  const lineAt = (offset: number) => lineCounter.linePos(offset).line;
  const [problem] = document.errors;
  if (problem)
    throw new ModelError(
      `${file}:${lineAt(problem.pos[0])}: ${problem.message.split(/ at line |\n/)[0]}; fix the YAML there`,
    );
  return {
    document,
    errorAt: (at, message) => new ModelError(`${file}:${lineAt(offsetOf(document, at))}: ${shown(at)}: ${message}`),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ModelError(`${file}: ${code === 'ENOENT' ? 'not found; the models are in models/' : message}`);
  }
}

/** The offset of a field in the text; of a missing field, that of what should contain it. */
function offsetOf(document: Document, at: Path): number {
  for (let length = at.length; length > 0; length--) {
    const [parent, field] = [at.slice(0, length - 1), at[length - 1]];
    const node = parent.length === 0 ? document.contents : document.getIn(parent, true);
    const key = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === field)?.key : undefined;
    const found = (isScalar(key) ? key : document.getIn(at.slice(0, length), true)) as
      { range?: [number, number, number] } | undefined;
    if (found?.range) return found.range[0];
  }
  return 0;
}

/** `network[2].padding` */
const shown = (at: Path): string =>
  at.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  ) || 'the whole file';
