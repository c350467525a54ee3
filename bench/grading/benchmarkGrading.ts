import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measureCommand, ROOT } from '../measureCommand.ts';

/** What is timed: whole commands, as a user starts them, and the limits that DESIGN sets. */
const COMMANDS: readonly {
  readonly name: string;
  readonly args: readonly string[];
  readonly seconds: number;
  readonly isCold?: boolean;
}[] = [
  { name: 'correctness, nothing cached', args: ['--only', 'correctness'], seconds: 3, isCold: true },
  { name: 'correctness', args: ['--only', 'correctness'], seconds: 3 },
  { name: 'everything', args: [], seconds: 30 },
];
const MEMORY_MIB = 300;
const RUNS = 5;

/** Grades `examples/complete` once. */
async function run(args: readonly string[], isCold: boolean): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  if (isCold)
    for (const cache of ['.cache', 'grader/.cache']) rmSync(join(ROOT, cache), { recursive: true, force: true });
  const measured = await measureCommand([join(ROOT, 'examples/complete'), '--out', folder, ...args], folder);
  rmSync(folder, { recursive: true, force: true });
  return measured;
}

const spread = (values: readonly number[]): string => {
  const ascending = [...values].sort((a, b) => a - b);
  return `${ascending[ascending.length >> 1].toFixed(2)} (${ascending[0].toFixed(2)}–${ascending[ascending.length - 1].toFixed(2)})`;
};

/** Times each command and prints its line. */
export async function benchmarkGrading(): Promise<void> {
  console.log(`median (least–most) of ${RUNS} runs of grade examples/complete\n`);
  for (const { name, args, seconds, isCold = false } of COMMANDS) {
    const samples: Measured[] = [];
    for (let i = 0; i < RUNS; i++) samples.push(await run(args, isCold));
    const times = spread(samples.map((sample) => sample.seconds));
    const memory = spread(samples.map((sample) => sample.memoryMiB));
    console.log(
      `${name.padEnd(30)} ${times} s, required ≤ ${seconds}; grader's memory ${memory} MiB, required ≤ ${MEMORY_MIB}`,
    );
  }
}
