import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { typeChecks } from '../../../grader/honesty/typeChecks.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import { exampleCourse } from '../support/exampleCourse.ts';
import { ROOT } from '../support/gradeFiles.ts';

const { at, assignment } = exampleCourse();

async function typeErrors(): Promise<string[]> {
  const checks = typeChecks(ROOT, assignment(), await findSandbox(ROOT));
  return (await Promise.all(checks.map((check) => check.run()))).flat();
}

test('type errors of the reference, the stubs and the given sources are found', async () => {
  expect(await typeErrors()).toEqual([]);
  for (const [room, path] of [
    ['reference', 'src/batchNorm.ts'],
    ['skeleton', 'src/entry.ts'],
  ] as const)
    writeFileSync(at(room, path), `const n: string = 3;\n${readFileSync(at(room, path), 'utf8')}void n;\n`);
  const error = "TS2322: Type 'number' is not assignable to type 'string'.";
  expect(await typeErrors()).toEqual([
    `src/batchNorm.ts:1 ${error}`,
    `src/entry.ts:1 ${error}`,
    `src/entry.ts:1 ${error}`,
  ]);
});
