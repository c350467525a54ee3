import { existsSync } from 'node:fs';
import { evaluate } from '@im2grade/layers';
import type { Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { BadUsage, loadCheckpoint, readArguments, runProgram } from '@im2grade/programs';
import { namedModel, openModel, type OpenModel } from './openModel.ts';

const USAGE = `Usage: npm run evaluate -- MODEL.yaml

Loads the model's checkpoint, the best one on the validation set, and prints average cross-entropy and accuracy on the three sets.

Examples:
  npm run evaluate -- models/logreg.yaml
Exit codes: 0 evaluated, 1 something is not written yet, 2 bad usage, a bad model or no checkpoint`;

/** Prints the six numbers. */
export function evaluateAndPrint(_team: Team, { model, digits, net }: OpenModel): void {
  const { digits: learned, epoch } = loadCheckpoint(model.checkpoint_file, net.Parameters(), 'this model');
  console.log(`${model.checkpoint_file}${epoch === undefined ? '' : `, epoch ${epoch}`}; digits: ${digits.name}`);
  if (learned !== undefined && learned !== digits.name)
    console.log(`Note: it was trained on other digits, ${learned}.`);
  console.log('             cross-entropy   accuracy');
  for (const part of ['train', 'validation', 'test'] as const) {
    const { crossEntropy, accuracy } = evaluate(net, digits[part]);
    console.log(`${part.padEnd(12)} ${crossEntropy.toFixed(4).padStart(13)} ${accuracy.toFixed(4).padStart(10)}`);
  }
}

await runProgram('evaluate', async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(USAGE);
  const file = namedModel(positionals);
  const opened = await openModel(file);
  if (!existsSync(opened.model.checkpoint_file))
    throw new BadUsage(`${opened.model.checkpoint_file}: not there; npm run train -- ${file} writes it`);
  await runInParallel(evaluateAndPrint, import.meta.url, opened, { IM2GRADE_GEMM: process.env['IM2GRADE_GEMM'] });
});
