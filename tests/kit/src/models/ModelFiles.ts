import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { chosenModel } from '@im2grade/handout/rules';
import { CriterionFailure } from '../verdicts.ts';

/** The files of one model, as they were handed in. */
export interface HandedInModel {
  /** The file to begin with, like `models/lenet.onnx`. */
  readonly path: string;
  /** Of all its files, from the folder of that one. */
  readonly names: readonly string[];
  readonly bytes: readonly Uint8Array[];
  readonly key: string;
}

/**
 * The files of a model among the deliverables, in whichever format it was handed in.
 *
 * @param texts - the deliverables by path, binary ones in base64
 * @param path - of the model in `assignment.yaml`, without an extension
 * @throws SubmissionFault `not-implemented` if there is none, CriterionFailure if there are several
 *
 * @example
 * ```ts
 * handedInModel(examination().sources(), 'models/lenet').path; // 'models/lenet.onnx'
 * ```
 */
export function handedInModel(texts: Texts, path: string): HandedInModel {
  const read = known.get(texts) ?? new Map<string, HandedInModel>();
  known.set(texts, read);
  const model = read.get(path) ?? modelIn(texts, path);
  read.set(path, model);
  return model;
}

type Texts = Readonly<Record<string, string>>;
/** The bytes of a large model are kept once, for all that ask for them. */
const known = new WeakMap<Texts, Map<string, HandedInModel>>();

function modelIn(texts: Texts, path: string): HandedInModel {
  const chosen = chosenModel(path, Object.keys(texts));
  if (!chosen) throw new SubmissionFault('not-implemented', `no ${path} was handed in, as ONNX for example`);
  if ('refused' in chosen) throw new CriterionFailure(chosen.refused);
  const { path: first, files: beside } = chosen;
  const bytes = beside.map((name) => new Uint8Array(Buffer.from(texts[name], 'base64')));
  const hash = createHash('sha256');
  bytes.forEach((each, i) => hash.update(`${beside[i]}\0${each.length}\0`).update(each));
  return { path: first, names: beside.map((name) => basename(name)), bytes, key: hash.digest('hex') };
}
