import { existsSync } from 'node:fs';
import type { Evaluation, NeuralNet } from '@im2grade/layers';
import { BadUsage, loadCheckpoint, saveCheckpoint } from '@im2grade/programs';
import type { Tensor } from '@im2grade/tensor';
import * as z from 'zod';
import type { OpenModel } from './openModel.ts';

const Figures = z.object({ crossEntropy: z.number(), accuracy: z.number() });
const Epoch = z.object({ train: Figures, validation: Figures });

/** The results of an epoch. */
export interface EpochFigures {
  readonly train: Evaluation;
  readonly validation: Evaluation;
}

/** Next to the checkpoint: all that is needed to resume after the last whole epoch. */
const stateFile = (checkpoint: string): string => checkpoint.replace(/\.safetensors$/, '.resume.safetensors');

/** What must be the same for a training to be resumed; the number of epochs may grow. */
const identity = ({ model, digits }: OpenModel): string =>
  JSON.stringify([model.network, model.batch_size, digits.name, digits.train.count]);

/** The parameters and the velocities. */
const tensorsOf = (net: NeuralNet): Record<string, Tensor> => ({
  ...net.Parameters(),
  ...Object.fromEntries(
    net.learnedLayers.flatMap(({ name, velocities }) => [
      [`${name}.weights.velocity`, velocities.weights],
      [`${name}.bias.velocity`, velocities.bias],
    ]),
  ),
});

/** @throws CheckpointError when it cannot be written */
export function saveState(opened: OpenModel, epochs: readonly EpochFigures[]): void {
  const metadata = { identity: identity(opened), epochs: JSON.stringify(epochs) };
  saveCheckpoint(stateFile(opened.model.checkpoint_file), tensorsOf(opened.net), metadata);
}

/**
 * Restores the net to where training stopped.
 *
 * @returns the epochs done; none when there is nothing to resume
 * @throws BadUsage, CheckpointError when what is there belongs to something else
 */
export function loadState(opened: OpenModel): EpochFigures[] {
  const file = stateFile(opened.model.checkpoint_file);
  if (!existsSync(file)) return [];
  const metadata = loadCheckpoint(file, tensorsOf(opened.net), 'this model; --restart starts over');
  const epochs = z.array(Epoch).safeParse(parsed(metadata['epochs']));
  if (metadata['identity'] !== identity(opened) || !epochs.success)
    throw new BadUsage(`${file}: was trained with other layers, batches or digits; --restart starts over`);
  return epochs.data;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
