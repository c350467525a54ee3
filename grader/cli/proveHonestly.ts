import { join } from 'node:path';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { proveHonest } from '../honesty/proveHonest.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { EXIT } from '../model/errors.ts';
import { HonestyReport } from '../model/honestyReport.ts';
import { proveByMutation } from '../prove/proveByMutation.ts';
import { renderHonesty } from '../report/terminal/renderHonesty.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { journalIn } from './journalIn.ts';
import { showHonestyProgress } from './showHonestyProgress.ts';
import { showProofProgress } from './showProofProgress.ts';

interface Given {
  readonly json: boolean;
  readonly quick: boolean;
  /** Folder for the report. */
  readonly out: string;
  readonly seed: number;
  readonly jobs: number;
}

/** Mutants that show how good the suites are: a first impression, in seconds. */
const SAMPLE = 30;
const QUICK_SAMPLE = 10;

/**
 * Checks what keeps an assignment honest, and if all of it holds, how good its suites are on a sample of mutants. Prints
 * and saves the result; exit code 1 if something does not hold.
 */
export async function proveHonestly(
  root: string,
  assignment: Assignment,
  sandbox: Sandbox,
  given: Given,
  signal: AbortSignal,
): Promise<void> {
  const { json, quick, out, seed, jobs } = given;
  const file = join(out, 'honesty.json');
  await requireWritable([file]);
  const progress = showHonestyProgress(process.stderr);
  const options = { root, assignment, sandbox, seed, isQuick: quick, jobs, progress, signal };
  const checked = await proveHonest(options).finally(() => progress.stop());
  if (checked === undefined) return;
  const mutation = await mutationOf(root, assignment, sandbox, given, checked, signal);
  if (signal.aborted) return;
  const report = { ...checked, ...(mutation && { mutation }) };
  await writeWhole(file, `${JSON.stringify(HonestyReport.parse(report), undefined, 2)}\n`);
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    json ? `${JSON.stringify(report)}\n` : `${renderHonesty(report, style)}${savedLines([file], style.width)}\n`,
  );
  // Of several assignments the worst counts.
  if (report.checks.some(({ problems }) => problems.length > 0)) process.exitCode ??= EXIT.belowFailUnder;
}

/** Undefined if a check does not hold: mutants of wrong solutions, or on wrong suites, would say nothing. */
async function mutationOf(
  root: string,
  assignment: Assignment,
  sandbox: Sandbox,
  { quick, out, seed, jobs }: Given,
  { checks }: HonestyReport,
  signal: AbortSignal,
): Promise<HonestyReport['mutation']> {
  if (checks.some(({ problems }) => problems.length > 0)) return undefined;
  const progress = showProofProgress(process.stderr);
  const journal = journalIn(out, root, assignment, seed);
  const sample = quick ? QUICK_SAMPLE : SAMPLE;
  const about = { root, assignment, seed, sample, isReferenceProved: quick };
  const options = { ...about, jobs, journal, sandbox, progress, signal };
  const proof = await proveByMutation(options).finally(() => progress.stop());
  return proof && { possible: proof.possible, totals: proof.totals, advice: proof.advice };
}
