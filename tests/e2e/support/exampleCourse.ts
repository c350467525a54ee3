import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { readAssignment } from '../../../grader/assignments/readAssignment.ts';
import type { Assignment } from '../../../grader/model/assignment.ts';
import { ROOT } from './gradeFiles.ts';

const ID = 'batch-norm';

interface CourseCopy {
  /** The path of a file in one of the assignment's three folders. */
  at(room: 'skeleton' | 'reference' | 'tests', path: string): string;
  /** Read again. */
  assignment(): Assignment;
}

/** A copy of the example of a course, which a test may change; removed at its end. */
export function exampleCourse(): CourseCopy {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-course-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, 'examples/course'), folder, { recursive: true });
  const of = (room: string) => join(folder, room, ID);
  return {
    at: (room, path) => join(of(room), path),
    assignment: () =>
      readAssignment(ROOT, ID, { skeleton: of('skeleton'), reference: of('reference'), tests: of('tests') }),
  };
}
