import { loadSmallDigits, type SmallDigitSplit } from '@im2grade/data';
import { type Model, NeuralNet } from '@im2grade/layers';
import { BadUsage } from '@im2grade/programs';
import { modules } from '../src/modules.ts';
import { ModelError, readModel } from './readModel.ts';

const SIDE = 16;

/** The model that a command line names: exactly one. */
export function namedModel(positionals: readonly string[]): string {
  if (positionals.length === 1) return positionals[0];
  throw new BadUsage('say which model, for example models/logreg.yaml; see --help');
}

/** A model with the digits that it is for, and its net with first weights. */
export interface OpenModel {
  readonly model: Model;
  readonly digits: SmallDigitSplit;
  readonly net: NeuralNet;
}

/**
 * @throws ModelError, DataError
 */
export async function openModel(file: string): Promise<OpenModel> {
  const model = readModel(file);
  const { input_image_size_y: y, input_image_size_x: x, input_num_channels: channels } = model;
  if (y !== SIDE || x !== SIDE || channels !== 1)
    throw new ModelError(
      `${file}: input of ${y}×${x} with ${channels} channels; the digits are ${SIDE}×${SIDE} with 1`,
    );
  const digits = await loadSmallDigits(model.data_path);
  return { model, digits, net: new NeuralNet(model, modules) };
}
