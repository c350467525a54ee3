import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Curves, decodeCurves, encodeCurves } from '@im2grade/formats';
import type { Network } from '@im2grade/nn';
import { BadUsage, loadCheckpoint, saveCheckpoint, writeWhole } from '@im2grade/programs';
import { setTorchTensors, torchTensors } from './torchTensors.ts';

/** Where a training is saved, in the form in which it is handed in. */
export interface TrainingFiles {
  readonly model: string;
  readonly curves: string;
}

export const isBegun = ({ model, curves }: TrainingFiles): boolean => existsSync(model) && existsSync(curves);

/** Writes the curves last: what they say about an epoch is true of the model only then. */
export function saveTraining({ model, curves: file }: TrainingFiles, network: Network, curves: Curves): void {
  for (const path of [model, file]) mkdirSync(dirname(path), { recursive: true });
  saveCheckpoint(model, torchTensors(network), { epochs: String(curves.epochs.length) });
  writeWhole(file, encodeCurves(curves));
}

/**
 * Gives the network the parameters that were saved.
 *
 * @returns the curves so far
 * @throws BadUsage or CheckpointError if the files are of another training
 */
export function loadTraining({ model, curves: file }: TrainingFiles, network: Network): Curves {
  const tensors = torchTensors(network);
  const { epochs } = loadCheckpoint(model, tensors, 'Table 1');
  const curves = curvesIn(file);
  if (epochs !== String(curves.epochs.length))
    throw new BadUsage(`${file} has ${curves.epochs.length} epochs, ${model} is of another; start over with --restart`);
  setTorchTensors(network, tensors);
  return curves;
}

function curvesIn(file: string): Curves {
  try {
    return decodeCurves(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BadUsage(`${file}: ${(error as Error).message}; start over with --restart`);
  }
}
