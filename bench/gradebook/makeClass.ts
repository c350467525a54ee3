import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseGemm } from '@im2grade/engine/run';
import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import { gradingKey, programDigests, seedOf } from '../../grader/engines/gradingKey.ts';
import { CourseGradebook } from '../../grader/gradebook/store/CourseGradebook.ts';
import { courseAssignment } from '../../grader/gradebook/store/assignments.ts';
import { readReport, saveGrading } from '../../grader/gradebook/store/gradings.ts';
import { readSubmission } from '../../grader/intake/readSubmission.ts';
import type { ScoreReport } from '../../grader/model/report.ts';
import type { Submission } from '../../grader/model/submission.ts';
import { csv } from '../../grader/report/text/csv.ts';
import { measureCommand, ROOT } from '../measureCommand.ts';

export const CLASS_SIZE = 500;
const assignment = findAssignment(ROOT, 'conv2d-gemm');
const program = programDigests(ROOT, assignment);
const gemm = chooseGemm(process.env['IM2GRADE_GEMM']);
const nameOf = (n: number): string => `student${n}`;

/** A class in `big/` whose submissions differ, and in the gradebook one true grading that stands for all of theirs. */
export async function makeClass(folder: string): Promise<void> {
  for (let n = 0; n < CLASS_SIZE; n++) {
    const path = join(folder, 'big', nameOf(n));
    cpSync(assignment.folders.reference, path, { recursive: true });
    writeFileSync(join(path, 'motivation.md'), `by ${nameOf(n)}\n`);
  }
  cpSync(join(folder, 'big', nameOf(0)), join(folder, 'one', nameOf(0)), { recursive: true });
  await measureCommand(['class', 'one', '--assignment', assignment.id], folder);
  const book = await CourseGradebook.open(join(folder, 'reports/gradebook.db'), folder);
  const rows = await book.read((db) => db.selectFrom('gradings').select('report').execute());
  const graded = await Promise.all(rows.map(({ report }) => readReport(book, report)));
  const { seed } = await courseAssignment(book, assignment);
  for (let n = 0; n < CLASS_SIZE; n++) {
    const submission = await readSubmission(join(folder, 'big', nameOf(n)), assignment);
    for (const report of graded) await saveAs(book, submission, seed, report!);
  }
  await book.close();
}

/** Saves a grading as that of another submission. */
async function saveAs(book: CourseGradebook, { name, digest }: Submission, classSeed: number, report: ScoreReport) {
  const { grading, environment } = report;
  const seed = seedOf(classSeed, digest);
  const parts = { submission: digest, program, gemm, isolation: environment.isolation.tier, seed };
  const facts = {
    ...{ key: gradingKey({ ...parts, criteria: grading.only }), assignment: assignment.id, submission: digest, seed },
    ...{ assignmentSources: program.assignment, graderSources: program.grader },
  };
  const submission = { ...report.submission, name, digest };
  await saveGrading(book, facts, { ...report, submission, grading: { ...grading, seed } });
}

/** Moodle's worksheet of the class. */
export const worksheetOf = (): string =>
  csv([
    ['Identifier', 'Full name', 'Grade', 'Feedback comments'],
    ...Array.from({ length: CLASS_SIZE }, (_, n) => [`Participant ${n}`, nameOf(n), '', '']),
  ]);
