import type { Student } from '../../model/student.ts';
import { criteriaOf, type Assignment } from '../../model/assignment.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Status } from '../../model/outcome.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { attemptOf } from '../../gradebook/store/attempts.ts';
import { recordAttempt } from '../../gradebook/store/recordAttempt.ts';
import { courseAssignment } from '../../gradebook/store/assignments.ts';
import type { CourseGradebook } from '../../gradebook/store/CourseGradebook.ts';
import { saveGrading } from '../../gradebook/store/gradings.ts';
import { countResult, saveResult } from '../../gradebook/store/results.ts';
import { FAMILY, GIVEN } from '../../report/test/exampleClass.ts';
import { exampleEvidence } from '../../report/test/exampleEvidence.ts';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { totalsOf } from '../../score/score.ts';

/** One student of an example, with what was handed in. */
export interface ExampleWork {
  readonly student: Student;
  /** Texts of deliverables by path; several attempts, the oldest first. */
  readonly attempts: readonly Readonly<Record<string, string>>[];
  /** Criteria that are lost. */
  readonly loses: readonly string[];
  /** What the grader says about them. */
  readonly reason?: string;
  /** The time of each criterion of speed over the reference's; none was timed if it is left out. */
  readonly ratio?: number;
  /** Deliverables that could not be used, by their paths. */
  readonly unusable?: readonly string[];
}

/** Records work that is handed in and graded, as `grade class` does, without examining anything. */
export async function recordWork(book: CourseGradebook, assignment: Assignment, work: ExampleWork): Promise<string> {
  await courseAssignment(book, assignment);
  let team = '';
  for (const [at, files] of work.attempts.entries()) {
    const text = JSON.stringify(Object.entries(files));
    const digest = await book.submissions.write(text);
    const source = `${work.student.ids.sid ?? work.student.name}.zip`.slice(0, 40);
    const handIn = {
      ...{ students: [work.student], digest, received: `2026-11-2${at}T09:00:00.000Z`, due: undefined },
      ...{ source, folder: `hw/${digest}` },
    };
    const { attempt } = await recordAttempt(book, assignment.id, handIn, new Set());
    team = attempt.team;
    const report = reportOf(assignment, work, digest, [...Object.keys(files)]);
    await saveGrading(
      book,
      {
        ...{ key: `key ${attempt.id}`, assignment: assignment.id, submission: digest },
        ...{ assignmentSources: 'a', graderSources: 'g', seed: 7 },
      },
      report,
    );
    const gradings = [`key ${attempt.id}`];
    const result = await saveResult(book, { attempt: attempt.id, gradings, rubric: 'r', report, isFull: true });
    await book.write(async (db) => countResult(db, (await attemptOf(db, attempt.id))!, result, report));
  }
  return team;
}

function reportOf(
  assignment: Assignment,
  { student, loses, reason = 'two elements differ', ratio, unusable = [] }: ExampleWork,
  digest: string,
  paths: readonly string[],
): ScoreReport {
  const example = exampleReport();
  const groupOf = new Map(assignment.rubric.flatMap(({ group, criteria }) => criteria.map(({ id }) => [id, group])));
  const outcomes = criteriaOf(assignment).map(({ id, title, asks, kind, visibility, bonus, points }): Outcome => {
    const status: Status = kind === 'manual' ? 'manual' : loses.includes(id) ? 'failed' : 'passed';
    const credit = status === 'passed' ? 1 : 0;
    return {
      ...{ id, title, asks, kind, visibility, bonus, points, status, credit, earned: credit * points },
      ...{ group: groupOf.get(id) ?? '', reason: status === 'failed' ? reason : '', substituted: [], seconds: 0 },
      ...{
        evidence: [
          ...(status === 'failed' ? [{ type: 'misbehaviour' as const, what: 'threw' as const, message: reason }] : []),
          ...(kind === 'speed' && ratio !== undefined ? [timed(ratio)] : []),
        ],
        replay: '',
      },
    };
  });
  const { id, title, version } = assignment;
  return {
    ...example,
    assignment: { id, title, version },
    submission: {
      ...{ name: student.name, students: [student], digest, ignored: [], assumed: [] },
      unusable: unusable.map((path) => ({ path, reason: `${path}:1:1: Unexpected ";"` })),
      files: paths.map((path) => ({ path, bytes: 1 })),
    },
    warnings: [],
    totals: totalsOf(assignment, outcomes),
    outcomes,
  };
}

const timed = (median: number): Evidence => ({
  ...exampleEvidence().timing,
  ratio: { median, low: median, high: median },
});

/** Criteria that are lost, or groups of them. */
const MISTAKES = [
  ['im2mat.padding'],
  ['mat2im.stride', 'mat2im.adjoint'],
  [],
  ['conv2d.bias'],
  ['mat2im', 'conv2d.input-gradient', 'gradient'],
  ['speed', 'accuracy.tuned'],
  ['mat2im.padding', 'speed'],
  [],
  ['conv2d', 'gradient', 'speed', 'team'],
  ['im2mat.padding'],
  ['accuracy'],
];

/** A class of any size in which most have made one of some mistakes. */
export async function recordClass(book: CourseGradebook, assignment: Assignment, size: number): Promise<string[]> {
  const teams: string[] = [];
  for (let at = 0; at < size; at++) {
    const name = `${GIVEN[at % GIVEN.length]} ${FAMILY[(at * 7) % FAMILY.length]}`;
    const work = {
      student: { name, email: `s${at}@example.org`, ids: { sid: `s${1000 + at}` } },
      attempts: [
        { 'motivation.md': `What I tried first, number ${at}.\n`, 'src/Im2MatLayer.ts': `// ${at}\nexport {};\n` },
      ],
      loses: criteriaOf(assignment)
        .map(({ id }) => id)
        .filter((id) => MISTAKES[at % MISTAKES.length].some((begin) => id === begin || id.startsWith(`${begin}.`))),
    };
    teams.push(await recordWork(book, assignment, work));
  }
  return teams;
}
