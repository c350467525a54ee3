import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import { type Assignment, criteriaOf } from '../../grader/model/assignment.ts';
import { ownDeliverables } from '../../grader/compile/mergeFiles.ts';
import { isPending } from '../../grader/model/outcome.ts';
import type { ScoreReport } from '../../grader/model/report.ts';
import { median } from '../../grader/common/median.ts';
import { gradeOwn } from '../gradeOwn.ts';
import { MIDDLING } from '../middling.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ASSIGNMENT = 'conv2d-gemm';

/** How far a total may be from the median. */
const ASKED_POINTS = 0.5;

type Condition = 'alone' | 'busy' | 'besideOthers';

/**
 * Grades the speed of one submission repeatedly: alone, with every other core busy, and as a class does, on all cores at
 * a time. Prints the spread of each criterion's points and of their total. A fair measurement gives the same in all
 * conditions.
 *
 * @param runs - gradings in each condition; the three take turns
 * @param hasTeam - whether the speed-up of a team is measured too: it takes most of the time, and does not count in the total
 */
export async function benchmarkFairness(runs: number, hasTeam: boolean): Promise<void> {
  const assignment = findAssignment(ROOT, ASSIGNMENT);
  const only = hasTeam
    ? ['speed']
    : criteriaOf(assignment)
        .filter(isOfOneThread)
        .map(({ id }) => id);
  const gradeSpeed = (isBesideOthers = false) => gradeMiddling(assignment, only, isBesideOthers);
  const reports: Record<Condition, ScoreReport[]> = { alone: [], busy: [], besideOthers: [] };
  const keep = (condition: Condition, ...added: readonly ScoreReport[]): void => {
    reports[condition].push(...added);
    for (const report of added) process.stderr.write(`${condition} ${lineOf(report)}\n`);
  };
  for (let i = 0; i < runs; i++) {
    keep('alone', await gradeSpeed());
    keep('busy', await whileBusy(() => gradeSpeed()));
    if (reports.besideOthers.length < runs) keep('besideOthers', ...(await onAllCores(gradeSpeed)));
    process.stderr.write(`round ${i + 1} of ${runs}\n`);
  }
  const all = Object.values(reports).flat();
  for (const { id, points } of all[0].outcomes) {
    const { alone, busy, besideOthers } = reports;
    console.log(
      `${id.padEnd(16)} of ${points}: alone ${summaryOf(alone, id)}; others busy ${summaryOf(busy, id)}; beside others ${summaryOf(besideOthers, id)}`,
    );
  }
  const whole = all.filter(({ outcomes }) => outcomes.filter(isOfOneThread).every(isDecided));
  const totals = whole.map((report) => pointsOf(report, isOfOneThread));
  const middle = median(totals);
  const farthest = Math.max(...totals.map((points) => Math.abs(points - middle)));
  console.log(
    `total of what one thread decides: median ${middle.toFixed(2)}, farthest from it ${farthest.toFixed(2)} in ${whole.length} gradings; ` +
      `required ≤ ${ASKED_POINTS} in ${all.length}; ${all.length - whole.length} gradings had something pending`,
  );
}

type Outcome = ScoreReport['outcomes'][number];

const isOfOneThread = ({ id, kind }: { readonly id: string; readonly kind: string }): boolean =>
  kind === 'speed' && id !== 'team.scaling';

const isDecided = ({ status }: Outcome): boolean => !isPending(status);

const pointsOf = ({ outcomes }: ScoreReport, counts: (outcome: Outcome) => boolean): number =>
  outcomes.filter(counts).reduce((sum, { earned }) => sum + earned, 0);

/** "speed.im2mat 2.31, speed.mat2im pending" */
const lineOf = ({ outcomes }: ScoreReport): string =>
  outcomes.map((outcome) => `${outcome.id} ${isDecided(outcome) ? outcome.earned.toFixed(2) : 'pending'}`).join(', ');

/** "2.31 (2.29–2.33), 1 pending: why the first of them is" */
function summaryOf(reports: readonly ScoreReport[], id: string): string {
  const outcomes = reports.map((report) => report.outcomes.find((outcome) => outcome.id === id)!);
  const counted = outcomes.filter(isDecided);
  const pending = outcomes.filter((outcome) => !counted.includes(outcome));
  const aside = pending.length === 0 ? '' : `${pending.length} pending: ${pending[0].reason}`;
  if (counted.length === 0) return aside;
  const points = counted.map(({ earned }) => earned).sort((a, b) => a - b);
  const spread = `${median(points).toFixed(2)} (${points[0].toFixed(2)}–${points[points.length - 1].toFixed(2)})`;
  return aside === '' ? spread : `${spread}, ${aside}`;
}

async function gradeMiddling(
  assignment: Assignment,
  only: readonly string[],
  isBesideOthers: boolean,
): Promise<ScoreReport> {
  const accepted = MIDDLING.map((name) => join(assignment.folders.tests, 'accepted', name));
  const files = new Map(
    [assignment.folders.reference, ...accepted].flatMap((folder) => [...ownDeliverables(assignment, folder)]),
  );
  return gradeOwn({ root: ROOT, assignment, name: 'middling', files, only, isBesideOthers });
}

/** As many gradings at a time as there are cores. */
const onAllCores = (work: (isBesideOthers: true) => Promise<ScoreReport>): Promise<ScoreReport[]> =>
  Promise.all(Array.from({ length: availableParallelism() }, () => work(true)));

/** Keeps a core busy for as long as the process that started it lives, however that ends. */
const BUSY = `
  process.stdin.on('end', () => process.exit()).resume();
  (function work() {
    for (const end = Date.now() + 100; Date.now() < end; );
    setImmediate(work);
  })();`;

/** Runs `work` while one process per core keeps all cores but one busy. */
async function whileBusy<T>(work: () => Promise<T>): Promise<T> {
  const others = Array.from({ length: availableParallelism() - 1 }, () =>
    spawn(process.execPath, ['-e', BUSY], { stdio: ['pipe', 'ignore', 'ignore'] }),
  );
  try {
    return await work();
  } finally {
    for (const other of others) other.kill('SIGKILL');
  }
}
