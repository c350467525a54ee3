import { join } from 'node:path';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { proveHonest } from '../honesty/proveHonest.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { EXIT } from '../model/errors.ts';
import { HonestyReport } from '../model/honestyReport.ts';
import { renderHonesty } from '../report/terminal/renderHonesty.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { showHonestyProgress } from './showHonestyProgress.ts';

interface Given {
  readonly json: boolean;
  readonly quick: boolean;
  /** Folder for the report. */
  readonly out: string;
  readonly seed: number;
  readonly jobs: number;
}

/** Checks what keeps an assignment honest, prints and saves the result; exit code 1 if something does not hold. */
export async function proveHonestly(
  root: string,
  assignment: Assignment,
  sandbox: Sandbox,
  { json, quick, out, seed, jobs }: Given,
  signal: AbortSignal,
): Promise<void> {
  const file = join(out, 'honesty.json');
  await requireWritable([file]);
  const progress = showHonestyProgress(process.stderr);
  const options = { root, assignment, sandbox, seed, isQuick: quick, jobs, progress, signal };
  const report = await proveHonest(options).finally(() => progress.stop());
  if (report === undefined) return;
  await writeWhole(file, `${JSON.stringify(HonestyReport.parse(report), undefined, 2)}\n`);
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    json ? `${JSON.stringify(report)}\n` : `${renderHonesty(report, style)}${savedLines([file], style.width)}\n`,
  );
  // Of several assignments the worst counts.
  if (report.checks.some(({ problems }) => problems.length > 0)) process.exitCode ??= EXIT.belowFailUnder;
}
