import { checkGradients, type GradientVerdict, NeuralNet } from '@im2grade/layers';
import type { Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { integer, readArguments, runProgram } from '@im2grade/programs';
import { modules } from '../src/modules.ts';
import { namedModel } from './openModel.ts';
import { readModel } from './readModel.ts';

const USAGE = `Usage: npm run grad-check -- MODEL.yaml [options]

Compares the gradients that your layers compute with finite differences, on three random images: of each tensor of parameters
some elements, chosen at random. Small models are quick and exact.

  --samples N    elements of each tensor; 1000 without it

Examples:
  npm run grad-check -- models/logreg.yaml               part 1
  npm run grad-check -- models/convnet_gradcheck.yaml    part 2
Exit codes: 0 passed, 1 failed or something is not written yet, 2 bad usage or a bad model`;

interface Check {
  readonly file: string;
  readonly samples: number;
}

/** Checks each tensor and prints the result; exit code 1 if one is wrong. */
export function checkAndPrint(_team: Team, { file, samples }: Check): void {
  const verdicts = checkGradients(new NeuralNet(readModel(file), modules), { samples });
  for (const verdict of verdicts) console.log(describe(verdict));
  const passed = verdicts.every((verdict) => verdict.passed);
  console.log(passed ? 'PASSED' : 'FAILED');
  if (!passed) process.exitCode = 1;
}

function describe({ name, passed, allZero, worst, index, analytic, numeric }: GradientVerdict): string {
  if (passed) return `The gradient for ${name} looks OK.`;
  if (allZero) return `The gradient for ${name} is zero everywhere. This usually indicates that something is wrong.`;
  return `The gradient for ${name} is wrong: element ${index} is ${analytic}, finite differences say ${numeric} (error ${worst.toExponential(1)})`;
}

await runProgram('grad-check', async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { samples: { type: 'string', default: '1000' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(USAGE);
  const check = { file: namedModel(positionals), samples: integer('samples', values.samples, 1) };
  await runInParallel(checkAndPrint, import.meta.url, check, { IM2GRADE_GEMM: process.env['IM2GRADE_GEMM'] });
});
