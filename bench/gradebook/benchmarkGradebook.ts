import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseGemm } from '@im2grade/engine/run';
import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import { gradingKey, programDigests, seedOf } from '../../grader/class/gradingKey.ts';
import { CourseGradebook, keyOf } from '../../grader/gradebook/store/CourseGradebook.ts';
import { courseAssignment } from '../../grader/gradebook/store/gradings.ts';
import { foldedText } from '../../grader/common/foldedText.ts';
import { readSubmission } from '../../grader/intake/readSubmission.ts';
import { criteriaOf } from '../../grader/model/assignment.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const START = join(ROOT, 'grader/cli/start.mjs');
const [STUDENTS, ATTEMPTS, CRITERIA] = [100_000, 2, 12];
const CLASS = 500;
const CHUNK = 500;
const SECONDS = 5;
const MEMORY_MIB = 300;

/** Times a course of MOOC size and a large class whose gradings the gradebook has. */
export async function benchmarkGradebook(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  try {
    await makeCourse(join(folder, 'course.db'));
    for (const form of ['html', 'csv', 'json'])
      await time(`${STUDENTS} students × ${CRITERIA} criteria: gradebook.${form}`, folder, [
        ...['gradebook', '--gradebook', 'course.db', '--out', `gradebook.${form}`],
      ]);
    await makeClass(folder);
    const again = ['class', 'big', '--only', 'correctness', '--assignment', 'conv2d-gemm'];
    await time(`class of ${CLASS}, reports written anew`, folder, again);
    await time(`class of ${CLASS}, nothing to write`, folder, again);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function time(what: string, cwd: string, args: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [START, ...args], { cwd, stdio: ['ignore', 'ignore', 'ignore'] });
  let memoryMiB = 0;
  const watch = setInterval(() => (memoryMiB = Math.max(memoryMiB, peakMiB(child.pid!))), 20);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
  const required = `required ≤ ${SECONDS} s, ${MEMORY_MIB} MiB`;
  console.log(
    `${what.padEnd(56)} ${seconds} s, ${memoryMiB.toFixed(0)} MiB; ${required}${code === 0 ? '' : `; EXIT ${String(code)}`}`,
  );
}

/** Peak resident memory of a living process; 0 if the system does not report it. */
function peakMiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Students with two attempts each at one assignment, and the outcomes of all criteria. */
async function makeCourse(path: string): Promise<void> {
  const book = await CourseGradebook.open(path, '.');
  await courseAssignment(book, { id: 'hw', title: 'Homework', version: 1 });
  for (let first = 0; first < STUDENTS; first += CHUNK) await addStudents(book, first);
  await book.close();
}

async function addStudents(book: CourseGradebook, first: number): Promise<void> {
  const numbers = Array.from({ length: CHUNK }, (_, i) => first + i);
  const attempts = numbers.flatMap((n) =>
    Array.from({ length: ATTEMPTS }, (_, a) => ({ n, a, id: keyOf('attempt', `${n} ${a}`) })),
  );
  const at = '2026-11-20T09:00:00.000Z';
  await book.write(async (db) => {
    await db
      .insertInto('students')
      .values(
        numbers.map((n) => ({
          id: `s${n}`,
          name: `Student ${n}`,
          name_key: foldedText(`Student ${n}`),
          email: '',
          email_key: '',
        })),
      )
      .execute();
    await db
      .insertInto('student_ids')
      .values(numbers.map((n) => ({ system: 'sid', value_key: `${n}`, value: `${n}`, student: `s${n}` })))
      .execute();
    await db
      .insertInto('members')
      .values(numbers.map((n) => ({ team: `t${n}`, student: `s${n}` })))
      .execute();
    await db
      .insertInto('attempts')
      .values(
        attempts.map(({ n, a, id }) => ({
          ...{
            id,
            assignment: 'hw',
            team: `t${n}`,
            digest: id,
            received: `2026-11-2${a}T09:00:00.000Z`,
            source: `${n}.zip`,
          },
          ...{ folder: '', state: 'graded' as const, reason: '', recorded: at, seen: at, result: id, held: 0 },
          ...{ score: (n * 7 + a) % 100, out_of: 100, pending: 0, late_seconds: 0 },
        })),
      )
      .execute();
    await db
      .insertInto('results')
      .values(attempts.map(({ id }) => ({ id, attempt: id, is_full: 1, gradings: id, report: '', at })))
      .execute();
    const outcomes = attempts.flatMap(({ id }) =>
      Array.from({ length: CRITERIA }, (_, c) => ({
        result: id,
        criterion: `c.${c}`,
        status: 'passed',
        earned: 1,
        points: 1,
        bonus: 0,
      })),
    );
    for (let from = 0; from < outcomes.length; from += CHUNK * 2)
      await db
        .insertInto('outcomes')
        .values(outcomes.slice(from, from + CHUNK * 2))
        .execute();
  });
}

/** A class whose submissions differ, and one true grading of correctness that stands for all of theirs. */
async function makeClass(folder: string): Promise<void> {
  const assignment = findAssignment(ROOT, 'conv2d-gemm');
  for (let n = 0; n < CLASS; n++) {
    const path = join(folder, 'big', `student${n}`);
    cpSync(join(ROOT, 'reference/conv2d-gemm'), path, { recursive: true });
    writeFileSync(join(path, 'motivation.md'), `by student ${n}\n`);
  }
  cpSync(join(folder, 'big/student0'), join(folder, 'one/student0'), { recursive: true });
  await run(folder, ['class', 'one', '--only', 'correctness', '--assignment', 'conv2d-gemm']);
  const criteria = criteriaOf(assignment)
    .filter(({ kind }) => kind === 'correctness')
    .map(({ id }) => id);
  const book = await CourseGradebook.open(join(folder, 'reports/gradebook.db'), folder);
  const program = programDigests(ROOT, assignment);
  const { seed: classSeed } = await courseAssignment(book, assignment);
  const [graded] = await book.read((db) => db.selectFrom('gradings').selectAll().execute());
  const gemm = chooseGemm(process.env['IM2GRADE_GEMM']);
  const isolation = graded.machine.split(', ').at(-1)!;
  for (let n = 0; n < CLASS; n++) {
    const { digest } = await readSubmission(join(folder, 'big', `student${n}`), assignment);
    const seed = seedOf(classSeed, digest);
    const parts = { submission: digest, program, gemm, isolation, seed, criteria };
    const row = { ...graded, key: gradingKey(parts), submission: digest, seed };
    await book.write((db) =>
      db
        .insertInto('gradings')
        .values(row)
        .onConflict((each) => each.doNothing())
        .execute()
        .then(() => undefined),
    );
  }
  await book.close();
}

const run = (cwd: string, args: readonly string[]): Promise<unknown> =>
  new Promise((resolve) => spawn(process.execPath, [START, ...args], { cwd, stdio: 'inherit' }).on('close', resolve));
