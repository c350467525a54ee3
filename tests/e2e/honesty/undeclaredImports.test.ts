import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { undeclaredImports } from '../../../grader/honesty/undeclaredImports.ts';
import { handoutFiles } from '../../../grader/release/handoutFiles.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

describe.each(assignmentIds(ROOT))('%s', (id) => {
  const files = handoutFiles(ROOT, assignmentOf(id));

  test('students have every package that its handout imports', () => {
    expect(undeclaredImports(files)).toEqual([]);
  });

  test('a package that only the teacher has is found, wherever it is imported', () => {
    const text = [
      "import fc from 'fast-check';",
      "import { readFileSync } from 'node:fs';",
      "import { expect } from '@jest/globals';",
      "import { norm } from './norm.ts';",
      "type Schema = import('saxes').Sax;",
      "export const late = () => import('@im2grade/kit/deep.ts');",
      'fc.assert(expect(norm(readFileSync)));',
    ].join('\n');
    expect(undeclaredImports(new Map(files).set('test/own.test.ts', text))).toEqual([
      'test/own.test.ts:1 imports fast-check, and package.json does not need fast-check',
      'test/own.test.ts:5 imports saxes, and package.json does not need saxes',
      'test/own.test.ts:6 imports @im2grade/kit/deep.ts, and package.json does not need @im2grade/kit',
    ]);
  });
});
