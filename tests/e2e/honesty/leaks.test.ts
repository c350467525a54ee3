import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { leaksIn } from '../../../grader/honesty/leaks.ts';
import { handoutFiles } from '../../../grader/release/handoutFiles.ts';
import { exampleCourse } from '../support/exampleCourse.ts';
import { ROOT } from '../support/gradeFiles.ts';

const { at, assignment } = exampleCourse();
const solution = readFileSync(at('reference', 'src/batchNorm.ts'), 'utf8');
const suite = readFileSync(at('tests', '1-definitions.suite.ts'), 'utf8');
const readme = readFileSync(at('skeleton', 'README.md'), 'utf8');

/** The files in which a leak is found when a file of the skeleton has a text. */
function leaking(path: string, text: string): string[] {
  writeFileSync(at('skeleton', path), text);
  const files = handoutFiles(ROOT, assignment());
  const found = leaksIn(ROOT, assignment(), files).map((leak) => leak.path);
  writeFileSync(at('skeleton', path), path === 'README.md' ? readme : '');
  return [...new Set(found)];
}

const LINE = 'dx[n * D + d] = (gamma[d] / deviation) * (dy[n * D + d] - ofShift / N - (normalised(n) * ofScale) / N);';

test.each([
  ['src/old-solution.ts', solution],
  ['test/definitions.ts', suite],
  ['README.md', `${readme}\nHint: \`${LINE}\`\n`],
  ['src/notes.ts', `// ${LINE}\n`],
])('a part of what is hidden is found in the skeleton’s %s', (path, text) => {
  expect(leaking(path, text)).toEqual([path]);
});

test('what the stubs show, comments and imports give nothing away', () => {
  const [, rest] = solution.split('export function batchNormBackward');
  const [signature] = rest.split('// BEGIN SOLUTION');
  const comment = '/** The mean of column d, and √(σ² + ε). */\n';
  expect(leaking('src/notes.ts', `import type { Real } from '@im2grade/nn';\n\n${comment}${signature}`)).toEqual([]);
});
