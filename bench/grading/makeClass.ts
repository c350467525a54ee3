import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { disguise } from '../../tests/e2e/similar/disguise.ts';
import { independentSolutions } from '../../tests/e2e/similar/solutions.ts';
import { ROOT } from '../measureCommand.ts';

const FILES = ['Im2MatLayer.ts', 'Conv2DLayer.ts', 'classify.ts'];
/** It multiplies small matrices by Strassen's method, and takes as long as four others. */
const EXTREME = 'fast-product';

/**
 * A class of right solutions of `conv2d-gemm`, no two of which have a file in common, so that every criterion is examined for
 * each: the most that a class can cost. Some are as fast as the reference, some are middling.
 */
export function makeClass(folder: string, size: number): void {
  for (let n = 0; n < size; n++) {
    const submission = join(folder, `student${n}`);
    cpSync(join(ROOT, 'examples/complete'), submission, { recursive: true });
    for (const file of FILES) {
      const solutions = independentSolutions('conv2d-gemm', file).filter(({ name }) => name !== EXTREME);
      writeFileSync(join(submission, 'src', file), disguise(solutions[n % solutions.length].text, n));
    }
  }
}
