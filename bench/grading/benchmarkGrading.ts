import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

interface Sample {
  readonly seconds: number;
  readonly memoryMiB: number;
}

/** Grades `examples/complete` once and reads the grader's own peak memory. */
async function run(args: readonly string[], isCold: boolean): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  if (isCold)
    for (const cache of ['.cache', 'grader/.cache']) rmSync(join(ROOT, cache), { recursive: true, force: true });
  const startedAt = performance.now();
  const command = [join(ROOT, 'grader/cli/start.mjs'), join(ROOT, 'examples/complete'), '--out', folder];
  const child = spawn(process.execPath, [...command, ...args], { stdio: 'ignore' });
  let memoryMiB = 0;
  const watch = setInterval(() => (memoryMiB = Math.max(memoryMiB, peakMiB(child.pid!))), 20);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
  return { seconds: (performance.now() - startedAt) / 1000, memoryMiB };
}

/** Peak resident memory of a living process; 0 if the system does not report it. */
function peakMiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const spread = (values: readonly number[]): string => {
  const ascending = [...values].sort((a, b) => a - b);
  return `${ascending[ascending.length >> 1].toFixed(2)} (${ascending[0].toFixed(2)}–${ascending[ascending.length - 1].toFixed(2)})`;
};

/** Times each command and prints its line. */
export async function benchmarkGrading(): Promise<void> {
  console.log(`median (least–most) of ${RUNS} runs of grade examples/complete\n`);
  for (const { name, args, seconds, isCold = false } of COMMANDS) {
    const samples: Sample[] = [];
    for (let i = 0; i < RUNS; i++) samples.push(await run(args, isCold));
    const times = spread(samples.map((sample) => sample.seconds));
    const memory = spread(samples.map((sample) => sample.memoryMiB));
    console.log(
      `${name.padEnd(30)} ${times} s, required ≤ ${seconds}; grader's memory ${memory} MiB, required ≤ ${MEMORY_MIB}`,
    );
  }
}
