import { basename, dirname, resolve } from 'node:path';
import { cifarFolder } from '@im2grade/data';
import { runInParallel } from '@im2grade/engine/run';
import { type Assignment, readAssignment, readDeliverables, UsageError } from '@im2grade/handout/deliverables';
import type { Team } from '@im2grade/nn';
import { BadUsage, integer, readArguments, runProgram } from '@im2grade/programs';
import { accuracyLine, validationImages } from './check/accuracyLine.ts';
import { checkCurves } from './check/checkCurves.ts';
import { checkModel, type ModelName, MODELS } from './check/checkModel.ts';
import { type Line, open, wrong } from './check/Line.ts';
import { readAnswers } from './check/readAnswers.ts';

const USAGE = `Usage: npm run check [-- FOLDER] [options]

Says before the deadline what the grader will say about the models: whether it can read them, their layers and parameters,
their size, and how many images they recognise that npm run train keeps for validation. The curves and the tables in answers.yaml beside
the folder are checked as well.

  FOLDER           of the models; models without it
  --images N       images of each model; 1000 without it
  --data FOLDER    the six .bin files of CIFAR-10; without it those that npm run setup-cifar has fetched
  --json           the lines as JSON

Examples:
  npm run check
  npm run check -- models/ --images 5000
Exit codes: 0 nothing found, 1 something would cost points, 2 bad usage`;

interface Check {
  /** In which the assignment and the folder of the models are. */
  readonly folder: string;
  readonly images: number;
  readonly data: string;
  readonly isJson: boolean;
}

/** Checks everything and prints it; the exit code is 1 if something would cost points. */
export function checkModels(team: Team, { folder, images, data, isJson }: Check): void {
  if (team.rank > 0) return;
  const assignment = readAssignment('.');
  const { files, problems, notTaken } = readDeliverables(assignment, folder);
  const found = readAnswers(new TextDecoder().decode(files.get('answers.yaml')));
  const answers = typeof found === 'string' ? () => undefined : found;
  const kept = validationImages(data);
  const lines: Line[] = [
    ...(typeof found === 'string' ? [wrong(`answers.yaml: ${found}`)] : []),
    ...problems.filter(({ isFatal }) => isFatal).map(({ message }) => wrong(message)),
    ...notTaken.map(open),
    ...MODELS.flatMap((name) =>
      orOpen(name, () => {
        const most = assignment.deliverables.find(({ path }) => path === `models/${name}`)?.fileBytes ?? Infinity;
        const { lines: own, graph } = checkModel(name, files, most, answers);
        const asked = { images: kept, most: images, least: leastOf(assignment, name) };
        return graph ? [...own, accuracyLine(name, graph, answers, asked)] : own;
      }),
    ),
    ...checkCurves(files),
  ];
  console.log(isJson ? JSON.stringify(lines, undefined, 2) : lines.map(shown).join('\n'));
  if (lines.some(({ is }) => is === 'wrong')) process.exitCode = 1;
}

/** A model that the check itself fails at says nothing about the others. */
function orOpen(name: ModelName, check: () => readonly Line[]): readonly Line[] {
  try {
    return check();
  } catch (error) {
    const [first] = String((error as Error).message).split('\n');
    return [open(`models/${name}: cannot be checked on this machine: ${first}`)];
  }
}

/** The share of test images that a model is to recognise. */
const leastOf = ({ rubric }: Assignment, name: string): number | undefined =>
  rubric
    .flatMap(({ criteria }) => criteria)
    .filter(({ examines }) => examines.includes(`models/${name}`))
    .map(({ settings }) => settings?.['least'])
    .find((least) => least !== undefined);

const SIGNS = { right: '✓', wrong: '✗', open: '?', plain: ' ' } as const;

/** Names in a model may be anything. */
const shown = ({ is, text }: Line): string => `${SIGNS[is]} ${text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '?')}`;

await runProgram('check', async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      images: { type: 'string', default: '1000' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(USAGE);
  const [models = 'models'] = positionals;
  if (positionals.length > 1) throw new BadUsage('name one folder; see --help');
  if (basename(resolve(models)) !== 'models')
    throw new BadUsage(`${models}: the folder of the models is called models, with answers.yaml beside it`);
  const check: Check = {
    folder: dirname(resolve(models)),
    images: integer('images', values.images, 1),
    data: values.data ?? cifarFolder(),
    isJson: values.json,
  };
  try {
    await runInParallel(checkModels, import.meta.url, check, process.env);
  } catch (error) {
    throw error instanceof UsageError ? new BadUsage(error.message) : error;
  }
});
