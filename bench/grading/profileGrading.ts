import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import { ownDeliverables } from '../../grader/compile/mergeFiles.ts';
import type { Assignment } from '../../grader/model/assignment.ts';
import type { Finding } from '../../grader/model/outcome.ts';
import type { Spent } from '../../grader/model/spent.ts';
import { gradeOwn } from '../gradeOwn.ts';
import { MIDDLING } from '../middling.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ASSIGNMENT = 'conv2d-gemm';

/** What is graded: by folders of deliverables, of which later ones replace files of earlier ones. */
const SUBMISSIONS: Readonly<Record<string, (assignment: Assignment) => readonly string[]>> = {
  complete: ({ folders }) => [folders.reference],
  middling: ({ folders }) => [folders.reference, ...MIDDLING.map((name) => join(folders.tests, 'accepted', name))],
  poor: ({ folders }) => [folders.reference, join(folders.tests, 'naive')],
};

interface Row {
  readonly id: string;
  readonly seconds: number;
  readonly spent: Spent;
}

/** Grades three submissions in full and prints how each criterion's seconds were spent. */
export async function profileGrading(root = ROOT): Promise<void> {
  const assignment = findAssignment(root, ASSIGNMENT);
  for (const [name, foldersOf] of Object.entries(SUBMISSIONS)) {
    const files = foldersOf(assignment).flatMap((folder) => [...ownDeliverables(assignment, folder)]);
    const { rows, build, seconds } = await gradeWhole(root, assignment, name, new Map(files));
    console.log(
      `\n${name}: ${seconds.toFixed(1)} s, of which ${build.toFixed(1)} s before the first criterion's process`,
    );
    printTable(rows);
  }
}

async function gradeWhole(root: string, assignment: Assignment, name: string, files: ReadonlyMap<string, string>) {
  const rows: Row[] = [];
  const finished = ({ id, seconds }: Pick<Finding, 'id' | 'seconds'>, spent: Spent) =>
    void rows.push({ id, seconds, spent });
  const report = await gradeOwn({ root, assignment, name, files, only: [], finished });
  const { build = 0, examine = 0 } = report.grading.seconds;
  return { rows, build, seconds: build + examine };
}

const COLUMNS = ['starts', 'warmUp', 'submission', 'reference', 'naive', 'transfer'] as const satisfies (keyof Spent)[];
/** A criterion that takes less is added to the others. */
const LEAST_SECONDS = 0.5;

function printTable(rows: readonly Row[]): void {
  const long = rows.filter(({ seconds }) => seconds >= LEAST_SECONDS).sort((a, b) => b.seconds - a.seconds);
  const short = rows.filter((row) => !long.includes(row));
  console.log(lineOf('', ['seconds', 'starts', 'warm-up', 'submission', 'reference', 'naive', 'transfer', 'judging']));
  for (const row of long) console.log(lineOf(row.id, numbersOf([row])));
  console.log(lineOf(`${short.length} others`, numbersOf(short)));
  console.log(lineOf('all', numbersOf(rows)));
}

function numbersOf(rows: readonly Row[]): string[] {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const whole = sum(({ seconds }) => seconds);
  const parts = COLUMNS.map((column) => sum(({ spent }) => spent[column]));
  const judging = whole - parts.reduce((total, part) => total + part, 0);
  return [whole, ...parts, Math.max(0, judging)].map((seconds) => seconds.toFixed(2));
}

const lineOf = (name: string, cells: readonly string[]): string =>
  name.padEnd(26) + cells.map((cell) => cell.padStart(11)).join('');
