import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';

const assignment = assignmentOf('conv2d-gemm');
const good = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
const IM2MAT = 'src/Im2MatLayer.ts';
const wrong = good[IM2MAT].replace(/(Im2Mat\(INP[^{]*\{)/u, '$1\n    OUT.fill(0); return;');

/** A class in the folder `class`: right work, wrong work, and nothing, of as many students as wanted. */
export function smallClass(students: number): Record<string, string> {
  const files: Record<string, string> = { 'class/zz/notes.txt': 'later' };
  for (let student = 0; student < students; student++) {
    const text = `// student ${student}\n${student % 3 === 1 ? wrong : good[IM2MAT]}`;
    for (const [path, content] of Object.entries({ ...good, [IM2MAT]: text }))
      files[`class/s${String(student).padStart(2, '0')}/${path}`] = content;
  }
  return files;
}

/** Criteria that are examined fast, and do not depend on time. */
export const ONLY = ['--only', 'im2mat.definition', 'mat2im.definition'];

/** The rows of a class report, as far as every engine must come to the same. */
export const rowsIn = (out: string): object[] =>
  ClassReport.parse(JSON.parse(readFileSync(join(out, 'class.json'), 'utf8'))).rows.map(
    ({ name, status, message, criteria }) => ({ name, status, message, criteria }),
  );
