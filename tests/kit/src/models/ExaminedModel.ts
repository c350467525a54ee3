import { type Call, type CallResult, SubmissionFault } from '@im2grade/grader/model/examination.ts';
import type { DeclaredArchitecture, Normalisation } from '@im2grade/models';
import { basename } from 'node:path';
import type * as z from 'zod';
import { examination } from '../examination.ts';
import { isSubmissionFault, type Subject } from '../Subject.ts';
import { CriterionFailure, Undecided } from '../verdicts.ts';
import { type HandedInModel, handedInModel } from './ModelFiles.ts';
import { ModelAnswer, type ModelStructure, type NamedShape, TensorsAnswer } from './ModelStructure.ts';

/** The text of one answer, in ASCII. */
const PIECE = 60_000;
const MOST_PIECES = 32;
/** To read a file; an honest one takes a fraction of a second. */
const READING_SECONDS = 8;
/** Steps a second that any machine makes: a usual one makes ten times as many. */
const SLOWEST = 1e9;
/** Steps of one call. */
const MOST_WORK = 6e10;

/**
 * A model that was handed in. It is read and computed in the submission's process; the structure comes back as text and is
 * checked by a schema, numbers come back in arrays of a known length.
 */
export class ExaminedModel {
  readonly files: HandedInModel;
  readonly #submission: Subject;
  readonly #architecture: DeclaredArchitecture | undefined;
  #structure: Promise<ModelStructure> | undefined;

  constructor(submission: Subject, files: HandedInModel, architecture?: DeclaredArchitecture) {
    this.#submission = submission;
    this.files = files;
    this.#architecture = architecture;
  }

  /** @throws CriterionFailure if the file is refused, Undecided if it has what is not known here */
  structure(): Promise<ModelStructure> {
    return (this.#structure ??= this.#asked('describeModel', ModelAnswer).then((answer) => {
      if (answer.kind === 'graph') return answer;
      throw answer.kind === 'unknown' ? new Undecided(answer.reason) : new CriterionFailure(answer.reason);
    }));
  }

  /** Names and shapes of the tensors of a file that holds tensors. */
  async tensors(): Promise<readonly NamedShape[]> {
    const answer = await this.#asked('describeTensors', TensorsAnswer);
    if (answer.kind === 'tensors') return answer.tensors;
    throw new CriterionFailure(answer.reason);
  }

  /** The numbers of tensors, in single precision. */
  async values(tensors: readonly NamedShape[]): Promise<Float32Array[]> {
    const { outputs } = await this.#call({
      name: 'tensorValues',
      options: { ...this.#options(), tensors: tensors.map(({ name }) => name) },
      inputs: this.files.bytes,
      outputs: tensors.map(({ shape }) => ({ dtype: 'float32', length: elements(shape) })),
      deadlineSeconds: READING_SECONDS,
    });
    return outputs as Float32Array[];
  }

  /**
   * What the model gives for images: logits or probabilities, `[count][classes]`.
   *
   * @param images - `[count][y][x][channel]`, a byte a channel
   */
  async outputs(images: Uint8Array, count: number, { mean, deviation }: Normalisation): Promise<Float32Array> {
    const { work, output } = await this.structure();
    const [pixels, classes] = [images.length / count, elements(output)];
    const results = new Float32Array(count * classes);
    const most = Math.max(1, Math.floor(MOST_WORK / Math.max(1, work)));
    for (let from = 0; from < count; from += most) {
      const B = Math.min(most, count - from);
      const { outputs } = await this.#call({
        name: 'modelOutputs',
        options: { ...this.#options(), mean, deviation },
        inputs: [...this.files.bytes, images.slice(from * pixels, (from + B) * pixels)],
        outputs: [{ dtype: 'float32', length: B * classes, fill: 'garbage' }],
        deadlineSeconds: READING_SECONDS + (B * work) / SLOWEST,
      });
      results.set(outputs[0] as Float32Array, from * classes);
    }
    if (!results.every(Number.isFinite))
      throw new CriterionFailure(`${this.files.path}: what it gives for some images is not finite`);
    return results;
  }

  /**
   * What nodes give for one image, each `[channel][y][x]` or as its shape says.
   *
   * @param nodes - their places in the structure
   * @param image - `[y][x][channel]`, a byte a channel
   */
  async nodeValues(nodes: readonly number[], image: Uint8Array, normalisation: Normalisation): Promise<Float32Array[]> {
    const structure = await this.structure();
    const { outputs } = await this.#call({
      name: 'nodeValues',
      options: { ...this.#options(), ...normalisation, nodes: [...nodes] },
      inputs: [...this.files.bytes, image],
      outputs: nodes.map((place) => ({ dtype: 'float32', length: elements(structure.nodes[place].shape) })),
      deadlineSeconds: READING_SECONDS + structure.work / SLOWEST,
    });
    return outputs as Float32Array[];
  }

  /** The weights of a convolution, `[filter][channel][y][x]`. */
  async filterWeights(node: number): Promise<Float32Array> {
    const { filters = [0] } = (await this.structure()).nodes[node];
    const { outputs } = await this.#call({
      name: 'filterWeights',
      options: { ...this.#options(), node },
      inputs: this.files.bytes,
      outputs: [{ dtype: 'float32', length: elements(filters) }],
      deadlineSeconds: READING_SECONDS,
    });
    return outputs[0] as Float32Array;
  }

  #options() {
    const { key, path, names } = this.files;
    return { key, path: basename(path), names, ...(this.#architecture && { architecture: this.#architecture }) };
  }

  /** An exception is not one of the student's code, of which there is none: no point is lost by it. */
  async #call(call: Call): Promise<CallResult> {
    try {
      return await this.#submission.call(call);
    } catch (error) {
      if (!isSubmissionFault(error) || error.kind !== 'threw') throw error;
      throw new Undecided(`${this.files.path}: cannot be examined here: ${error.message}`);
    }
  }

  async #asked<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    let text = '';
    for (let piece = 0; piece < MOST_PIECES; piece++) {
      const options = { ...this.#options(), from: text.length, most: PIECE };
      const call = { name, options, inputs: this.files.bytes, outputs: [], deadlineSeconds: READING_SECONDS };
      const { text: more = '' } = await this.#call(call);
      text += more;
      if (more.length < PIECE) return parsed(text, schema);
    }
    throw new CriterionFailure(`${this.files.path}: has too many nodes to be described; make the model smaller`);
  }
}

const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** What comes out of the process is believed as far as the schema goes. */
function parsed<T>(text: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const answer = schema.safeParse(json);
  if (answer.success) return answer.data;
  throw new SubmissionFault('protocol', 'the process that read the model sent something else than its structure');
}

const known = new WeakMap<Subject, Map<string, ExaminedModel>>();

/**
 * A model among the deliverables; what was found out about it is kept for the next criterion.
 *
 * @param path - of the model in `assignment.yaml`
 * @throws SubmissionFault `not-implemented` if none was handed in, CriterionFailure if several were
 *
 * @example
 * ```ts
 * const { nodes } = await examinedModel(submission, 'models/lenet').structure();
 * ```
 */
export function examinedModel(submission: Subject, path: string, architecture?: DeclaredArchitecture): ExaminedModel {
  const models = known.get(submission) ?? new Map<string, ExaminedModel>();
  known.set(submission, models);
  const key = JSON.stringify([path, architecture]);
  const model =
    models.get(key) ?? new ExaminedModel(submission, handedInModel(examination().sources(), path), architecture);
  models.set(key, model);
  return model;
}
