import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../../grader/common/median.ts';
import { type Measured, measureCommand, ROOT } from '../measureCommand.ts';
import { measureEmptySuite } from './emptySuite.ts';
import { makeClass } from './makeClass.ts';

/** What is timed: whole commands, as a user starts them, and the seconds that are aimed at. */
interface Timed {
  readonly name: string;
  readonly args: readonly string[];
  readonly seconds: number;
  readonly isCold?: boolean;
}

const ONE: readonly Timed[] = [
  { name: 'correctness, nothing cached', args: ['--only', 'correctness'], seconds: 20, isCold: true },
  { name: 'correctness', args: ['--only', 'correctness'], seconds: 2 },
  { name: 'everything', args: [], seconds: 15 },
];
/** Seconds a submission. */
const CLASS: readonly Timed[] = [
  { name: 'correctness of a class', args: ['--only', 'correctness'], seconds: 0.6 },
  { name: 'everything of a class', args: [], seconds: 6 },
];
const MEMORY_MIB = 300;
const RUNS = 5;

/** A run of a command, and of the yardstick right before it. */
interface Sample {
  readonly command: Measured;
  readonly yardstick: Measured;
}

/**
 * Times each command and prints its line.
 *
 * @param classSize - submissions of the class, which is graded once with each command
 */
export async function benchmarkGrading(classSize: number): Promise<void> {
  console.log(`Medians of ${RUNS} gradings of examples/complete; a class of ${classSize} once, for each submission\n`);
  console.log(lineOf('', HEAD));
  for (const timed of ONE) {
    const samples: Sample[] = [];
    for (let i = 0; i < RUNS; i++) samples.push(await inFolder((folder) => gradeOne(folder, timed)));
    console.log(lineOf(timed.name, cellsOf(samples, timed)));
  }
  for (const timed of CLASS) {
    const sample = await inFolder((folder) => gradeClass(folder, timed, classSize));
    console.log(lineOf(timed.name, cellsOf([sample], timed)));
  }
  console.log(`\n${LEGEND}`);
}

async function gradeOne(folder: string, { args, isCold = false }: Timed): Promise<Sample> {
  if (isCold)
    for (const cache of ['.cache', 'grader/.cache']) rmSync(join(ROOT, cache), { recursive: true, force: true });
  const yardstick = await measureEmptySuite(folder);
  return { yardstick, command: await measureCommand([join(ROOT, 'examples/complete'), ...args], folder) };
}

/** The times of one submission. */
async function gradeClass(folder: string, { args }: Timed, size: number): Promise<Sample> {
  makeClass(join(folder, 'class'), size);
  const yardstick = await measureEmptySuite(folder);
  const whole = await measureCommand(['class', 'class', '--assignment', 'conv2d-gemm', ...args], folder);
  const [seconds, cpuSeconds, systemSeconds] = [whole.seconds, whole.cpuSeconds, whole.systemSeconds].map(
    (value) => value / size,
  );
  return { yardstick, command: { ...whole, seconds, cpuSeconds, systemSeconds } };
}

async function inFolder(work: (folder: string) => Promise<Sample>): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const HEAD = ['seconds', 'least–most', 'processor', 'system', 'yardsticks', 'MiB', 'aim'];
const WIDTHS = [10, 15, 11, 8, 12, 6, 8];

const LEGEND = `processor: seconds of the command and all that it starts. system: the system's share of them. yardsticks: the seconds,
in runs of Jest on one empty suite right before. MiB: the peak of the command itself, ${MEMORY_MIB} at most. aim: seconds.`;

function cellsOf(samples: readonly Sample[], { seconds: aim }: Timed): string[] {
  const failed = samples.find(({ command }) => command.code !== 0);
  if (failed) return [`EXIT ${failed.command.code}`];
  const of = (value: (sample: Sample) => number) => samples.map(value).sort((a, b) => a - b);
  const seconds = of(({ command }) => command.seconds);
  return [
    median(seconds).toFixed(2),
    `${seconds[0].toFixed(2)}–${seconds[seconds.length - 1].toFixed(2)}`,
    median(of(({ command }) => command.cpuSeconds)).toFixed(2),
    `${(100 * median(of(({ command }) => command.systemSeconds / command.cpuSeconds))).toFixed(0)} %`,
    median(of(({ command, yardstick }) => command.seconds / yardstick.seconds)).toFixed(2),
    Math.max(...of(({ command }) => command.memoryMiB)).toFixed(0),
    `≤ ${aim}`,
  ];
}

const lineOf = (name: string, cells: readonly string[]): string =>
  name.padEnd(28) + cells.map((cell, i) => cell.padStart(WIDTHS[i])).join('');
