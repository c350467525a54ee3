import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { disguise } from '../../tests/e2e/similar/disguise.ts';
import { independentSolutions } from '../../tests/e2e/similar/solutions.ts';
import { measureCommand } from '../measureCommand.ts';

const CLASS_SIZE = 500;
const [MOST_SECONDS, MOST_MIB] = [20, 500];
const FILES = ['Im2MatLayer.ts', 'Conv2DLayer.ts', 'classify.ts'];

/** Times the comparison of a large class in which every submission is a disguise of one of a few solutions. */
export async function benchmarkSimilarity(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  try {
    makeClass(join(folder, 'class'));
    console.log(`A class of ${CLASS_SIZE}, conv2d-gemm`);
    const args = ['similar', 'class', '--assignment', 'conv2d-gemm'];
    const { code, seconds, cpuSeconds, memoryMiB } = await measureCommand(args, folder);
    const measured = `${cpuSeconds.toFixed(2)} s of processor time in ${seconds.toFixed(2)} s, ${memoryMiB.toFixed(0)} MiB`;
    const required = `required ≤ ${MOST_SECONDS} s, ≤ ${MOST_MIB} MiB`;
    console.log(`  ${'similar'.padEnd(34)} ${measured}; ${required}${code === 0 ? '' : `; EXIT ${code}`}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeClass(folder: string): void {
  for (const file of FILES) {
    const solutions = independentSolutions('conv2d-gemm', file);
    for (let n = 0; n < CLASS_SIZE; n++) {
      const path = join(folder, `student${n}`, 'src', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, disguise(solutions[n % solutions.length].text, n));
    }
  }
}
