import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readYaml } from '../assignments/readYaml.ts';
import type { MutantOutcome } from '../model/proofReport.ts';

/** Survivors, and why they survive. */
const Marks = z.array(
  z.strictObject({
    reason: z.string().min(1),
    base: z.enum(['reference', 'naive']),
    file: z.string(),
    inside: z.string(),
    /** If other changes of the function look the same. */
    line: z.number().int().optional(),
    /** The changed lines, each as the report shows it. */
    becomes: z.array(z.string()).min(1),
  }),
);
type Marks = z.infer<typeof Marks>;

/**
 * Mutants that no input can distinguish from the solution.
 *
 * @throws UsageError if the file is damaged
 */
export const readEquivalents = (tests: string): Marks => readMarks(tests, 'equivalents.yaml');

/**
 * Mutants that an input can distinguish from the solution, and that no criterion notices for a reason.
 *
 * @throws UsageError if the file is damaged
 */
export const readExplained = (tests: string): Marks => readMarks(tests, 'survivors.yaml');

/** Next to the mutants that are kept by hand, so that a new reason is no new version of the suites. */
function readMarks(tests: string, file: string): Marks {
  const path = join(tests, 'mutants', 'generated', file);
  return existsSync(path) ? readYaml(path, Marks) : [];
}

/** A survivor that is marked becomes equivalent, unless the search has found an input that distinguishes it. */
export function markEquivalent(outcome: MutantOutcome, known: Marks): MutantOutcome {
  const mark = known.find((each) => fits(each, outcome));
  const isProven = outcome.status === 'survived' && outcome.search?.difference === undefined;
  return mark && isProven ? { ...outcome, status: 'equivalent', reason: mark.reason } : outcome;
}

/** A survivor with the reason for which it survives, if somebody gave one. It still counts. */
export function explainSurvivor(outcome: MutantOutcome, explained: Marks): MutantOutcome {
  const mark = explained.find((each) => fits(each, outcome));
  return mark && outcome.status === 'survived' ? { ...outcome, reason: mark.reason } : outcome;
}

/** What is marked as equivalent and is not. */
export const refutedBy = (outcomes: readonly MutantOutcome[], known: Marks): string[] =>
  outcomes
    .filter((outcome) => outcome.status !== 'equivalent' && known.some((each) => fits(each, outcome)))
    .map(
      ({ base, file, line, becomes, search }) =>
        `${base} ${file}:${line}: ${becomes}` + (search?.difference === undefined ? '' : ` (${search.difference})`),
    );

const fits = ({ base, file, inside, line, becomes }: Marks[number], outcome: MutantOutcome): boolean =>
  base === outcome.base &&
  file === outcome.file &&
  inside === outcome.inside &&
  (line === undefined || line === outcome.line) &&
  becomes.includes(outcome.becomes);
