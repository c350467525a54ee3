import { fileURLToPath } from 'node:url';
import { findAssignment } from '../../assignments/findAssignments.ts';
import type { Delivery, Engine } from '../../engines/Engine.ts';
import type { Order } from '../../engines/Job.ts';
import { handedIn, HW, record } from '../../gradebook/test/homework.ts';
import { type Attempt, attemptOf } from '../../gradebook/store/attempts.ts';
import { courseAssignment } from '../../gradebook/store/assignments.ts';
import type { CourseGradebook } from '../../gradebook/store/CourseGradebook.ts';
import type { HandedIn } from '../../gradebook/store/recordAttempt.ts';
import { countResult, saveResult } from '../../gradebook/store/results.ts';
import { Assignment, criteriaOf } from '../../model/assignment.ts';
import type { MeasuredValue } from '../../model/evidence.ts';
import type { Status } from '../../model/outcome.ts';
import type { ScoreReport } from '../../model/report.ts';
import type { Student } from '../../model/student.ts';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { scoreFindings, totalsOf } from '../../score/score.ts';
import { Channel } from '../../common/Channel.ts';
import type { RankedAssignment } from '../standingsOf.ts';
import { exampleRules } from './exampleRules.ts';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { folders } = findAssignment(ROOT, 'conv2d-gemm');

/** A homework of two criteria, of which one measures an accuracy. */
export function rankedHomework(rules: Parameters<typeof exampleRules>[0] = {}): RankedAssignment {
  const criterion = (id: string, kind: string, settings = {}) => ({
    ...{ id, title: id, asks: id, points: 1, kind, examines: ['net.yaml'], settings },
  });
  const criteria = [criterion('net.accuracy', 'accuracy', { all: 0 }), criterion('net.epochs', 'correctness')];
  const assignment = Assignment.parse({
    ...{ title: HW.title, version: HW.version, entry: 'src/entry.ts', deliverables: [{ path: 'net.yaml' }] },
    limits: { fileBytes: 1000, buildSeconds: 1, loadSeconds: 1, callSeconds: 1, memoryMiB: 64 },
    ...{ rubric: [{ group: 'net', criteria }], leaderboard: exampleRules(rules) },
  });
  return { ...assignment, id: HW.id, folders } as RankedAssignment;
}

export const student = (name: string): Student => ({ name, ids: { sid: name } });

/** What the grader found of a net, a measured value or why there is none. */
export type Found = MeasuredValue | Exclude<Status, 'partial'>;

/** The report of these criteria. */
function reportOf(assignment: Assignment, found: Found, only: readonly string[] = []): ScoreReport {
  const whole = exampleReport();
  const accuracy =
    typeof found === 'string' ? { status: found } : { status: 'passed' as const, evidence: [seen(found)] };
  const empty = { credit: 0, reason: '', substituted: [], seconds: 0, evidence: [] };
  const findings = criteriaOf(assignment)
    .filter(({ id }) => only.length === 0 || only.includes(id))
    .map(({ id }) => ({ id, status: 'passed' as const, ...empty, ...(id === 'net.accuracy' && accuracy) }));
  const outcomes = scoreFindings(assignment, findings, () => '');
  const { id, title, version } = assignment;
  return {
    ...whole,
    assignment: { id, title, version },
    grading: { ...whole.grading, only: [...only] },
    totals: totalsOf(assignment, outcomes),
    outcomes,
  };
}

const seen = ({ value, within }: MeasuredValue) =>
  ({ type: 'measurement', name: 'test accuracy', value, within, isShare: true, on: 'images' }) as const;

/** Records an attempt of these students with what the grader found, and lets it count. */
export async function handIn(
  book: CourseGradebook,
  assignment: RankedAssignment,
  students: readonly Student[],
  found: Found,
  more: Partial<HandedIn> & { readonly digest?: string } = {},
): Promise<Attempt> {
  await courseAssignment(book, assignment);
  const { digest = `work of ${students.map(({ name }) => name).join()}` } = more;
  await book.submissions.writeAs(digest, JSON.stringify([['net.yaml', digest]]));
  const attempt = await record(book, handedIn(students, digest, more));
  const report = reportOf(assignment, found);
  const result = await saveResult(book, { attempt: attempt.id, gradings: [digest], rubric: 'r', report, isFull: true });
  await book.write(async (db) => countResult(db, (await attemptOf(db, attempt.id))!, result, report));
  return attempt;
}

/** Measures nets by a table of what is found of each work, and counts what it is asked. */
export class TableEngine implements Engine {
  readonly asked: string[] = [];
  readonly #assignment: Assignment;
  readonly #foundOf: (digest: string) => Found;
  readonly #deliveries = new Channel<Delivery>();

  constructor(assignment: Assignment, foundOf: (digest: string) => Found) {
    this.#assignment = assignment;
    this.#foundOf = foundOf;
  }

  width = (): number => 2;

  async submit(orders: readonly Order[]): Promise<void> {
    for (const { job } of orders) {
      const { digest } = job.submission;
      this.asked.push(digest);
      const report = reportOf(this.#assignment, this.#foundOf(digest), job.criteria);
      this.#deliveries.put({ key: job.key, made: { type: 'graded', report }, acknowledge: async () => undefined });
    }
  }

  results(): AsyncIterable<Delivery> {
    return this.#deliveries;
  }

  async close(): Promise<void> {
    this.#deliveries.end();
  }
}
