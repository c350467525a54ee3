import { join } from 'node:path';
import { shellWord } from '../../common/shellWord.ts';
import type { Pass } from '../Engine.ts';

export const BATCH_SYSTEMS = ['slurm', 'lsf'] as const;
export type BatchSystem = (typeof BATCH_SYSTEMS)[number];

interface ArrayOptions {
  readonly system: BatchSystem;
  readonly pass: Pass;
  /** Numbers of tasks, ascending, all between two multiples of `MOST_INDICES`. */
  readonly tasks: readonly number[];
  /** The folder of the batch. */
  readonly folder: string;
  /** What runs `grade`, word by word. */
  readonly command: readonly string[];
  /** Set for the command. */
  readonly environment: Readonly<Record<string, string>>;
}

/** As many indices an array has in Slurm and LSF unless their settings say otherwise. */
export const MOST_INDICES = 1000;

/** What a cluster's user submits, by pass; `part` counts from 0, if there are too many tasks for one array. */
export const scriptName = (system: BatchSystem, pass: Pass, isMissing: boolean, part: number): string =>
  `${pass === 'timed' ? 'speed' : 'correctness'}${isMissing ? '-missing' : ''}${part === 0 ? '' : `-${part + 1}`}.${system}`;

/**
 * An array job that runs each task. Speed is measured on a node that does nothing else meanwhile: a team uses all of its
 * cores.
 */
export function arrayScript(options: ArrayOptions): string {
  const { system, pass, folder, command, environment } = options;
  const [head, task] = system === 'slurm' ? slurm(options) : lsf(options);
  const words = [...command, 'batch', folder, pass].map(shellWord).join(' ');
  const settings = Object.entries(environment).map(([name, value]) => `export ${name}=${shellWord(value)}\n`);
  return `#!/bin/bash\n${head.join('\n')}\n${settings.join('')}exec ${words} "${task}"\n`;
}

/** Indices count from here: larger ones than `MOST_INDICES` may be refused. */
const firstOf = (tasks: readonly number[]): number => tasks[0] - (tasks[0] % MOST_INDICES);

function slurm({ pass, tasks, folder }: ArrayOptions): [head: string[], task: string] {
  const first = firstOf(tasks);
  const log = join(folder, 'logs', `${pass}-%A_%a.log`);
  const head = [
    `#SBATCH --job-name=im2grade-${pass}`,
    `#SBATCH --array=${rangesOf(tasks.map((task) => task - first))}`,
    `#SBATCH --nodes=1`,
    `#SBATCH --ntasks=1`,
    ...(pass === 'timed' ? ['#SBATCH --exclusive'] : []),
    `#SBATCH --output="${log}"`,
  ];
  return [head, first === 0 ? '$SLURM_ARRAY_TASK_ID' : `$((SLURM_ARRAY_TASK_ID + ${first}))`];
}

/** Its indices begin at 1. */
function lsf({ pass, tasks, folder }: ArrayOptions): [head: string[], task: string] {
  const before = firstOf(tasks) - 1;
  const head = [
    `#BSUB -J "im2grade-${pass}[${rangesOf(tasks.map((task) => task - before))}]"`,
    `#BSUB -n 1`,
    ...(pass === 'timed' ? ['#BSUB -x'] : []),
    `#BSUB -o "${join(folder, 'logs', `${pass}-%J_%I.log`)}"`,
  ];
  return [head, `$((LSB_JOBINDEX ${before < 0 ? '-' : '+'} ${Math.abs(before)}))`];
}

/** Ascending numbers as batch systems write them: `0-3,7`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range && range[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}
