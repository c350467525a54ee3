import { classReportOf } from '../class/classReportOf.ts';
import type { KnownMistake } from '../class/commonMistakes.ts';
import { type ClassOptions, gradeClass } from '../class/gradeClass.ts';
import { markDoubles } from '../class/markDoubles.ts';
import { putAwayLeavers } from '../class/putAwayLeavers.ts';
import { NO_RESULT_YET } from '../engines/batch/BatchEngine.ts';
import { supersededScores } from '../gradebook/store/published.ts';
import type { ClassRow } from '../model/classReport.ts';
import { EXIT } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import { some } from '../platforms/pendingNotes.ts';
import { driftingWorkers, driftText } from '../report/class/driftingWorkers.ts';
import { saveClassReport } from '../report/class/saveClassReport.ts';
import { count } from '../report/text/numbers.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { renderClass } from '../report/terminal/renderClass.ts';
import { classLeaderboard } from './classLeaderboard.ts';
import { graderFailedAt } from './graderFailedAt.ts';
import { INTERRUPTED } from './options.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { showClassProgress } from './showClassProgress.ts';
import { supersededNotes } from '../platforms/supersededNotes.ts';

/** What the report of a class says beside its gradings, and how. */
export interface Shown {
  /** Rows of those who handed in nothing. */
  readonly absent: readonly ClassRow[];
  /** Of the class. */
  readonly name: string;
  readonly known: readonly KnownMistake[];
  readonly json: boolean;
  /** What other machines are doing, if they grade. */
  readonly load?: () => string;
}

const EARLIER = 'report.earlier.json';

/** Grades a class, shows the progress, and saves and prints its report. */
export async function gradeWholeClass(
  options: Omit<ClassOptions, 'progress'>,
  { absent, name, known, json, load }: Shown,
): Promise<void> {
  const { signal, note } = options;
  const progress = showClassProgress(process.stderr, load);
  const rows = await gradeClass({ ...options, progress }).finally(() => progress.stop());
  const found = rows.filter((row) => row !== undefined);
  if (signal.aborted) {
    process.stderr.write(
      `grade: interrupted; ${found.length} of ${rows.length} are done; run the same command again to continue\n`,
    );
    process.exitCode = INTERRUPTED;
    return;
  }
  const done = await markDoubles(options, found);
  supersededNotes(
    await options.book.read((db) => supersededScores(db, options.assignment.id)),
    options.assignment.id,
  ).forEach(note);
  const { left, replaced } = await putAwayLeavers(options.out, options.handIns);
  if (left.length > 0) note(`not in the class any more, reports put away as ${EARLIER}: ${some(left)}`);
  if (replaced.length > 0)
    note(`in the class under another name or in another team, reports put away as ${EARLIER}: ${some(replaced)}`);
  driftingWorkers(done).forEach((drift) => note(`the worker ${driftText(drift)}`));
  const report = classReportOf(options, [...done, ...absent], known);
  const files = [...(await saveClassReport(report, options.out)), ...(await classLeaderboard(options))];
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    json
      ? `${controlsEscaped(JSON.stringify(report))}\n`
      : renderClass(name, report.rows, style) + savedLines(files, style.width),
  );
  const isAwaited = ({ message }: ClassRow) => message === NO_RESULT_YET;
  const isFailed = ({ status, criteria }: ClassRow) =>
    status === 'grader-error' || hasGraderError(Object.values(criteria));
  const awaited = done.filter(isAwaited);
  const failed = done.filter((row) => isFailed(row) && !isAwaited(row));
  if (awaited.length + failed.length === 0) return;
  if (awaited.length > 0)
    note(`${count(awaited.length, 'submission')} ${awaited.length === 1 ? 'has' : 'have'} no result yet`);
  if (failed.length > 0) note(graderFailedAt(failed.map(({ name }) => name)));
  process.exitCode = EXIT.graderFailed;
}
