import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readYaml } from '../assignments/readYaml.ts';
import type { MutantOutcome } from '../model/proofReport.ts';

/** Mutants that do the same as the solution, and why. */
const Equivalents = z.array(
  z.strictObject({
    /** Why no input can distinguish them from the solution. */
    reason: z.string().min(1),
    base: z.enum(['reference', 'naive']),
    file: z.string(),
    inside: z.string(),
    /** The changed lines, each as the report shows it. */
    becomes: z.array(z.string()).min(1),
  }),
);
type Equivalents = z.infer<typeof Equivalents>;

/**
 * Next to the mutants that are kept by hand, so that a new reason is no new version of the suites.
 *
 * @throws UsageError if the file is damaged
 */
export function readEquivalents(tests: string): Equivalents {
  const path = join(tests, 'mutants', 'generated', 'equivalents.yaml');
  return existsSync(path) ? readYaml(path, Equivalents) : [];
}

/** A survivor that is marked becomes equivalent, unless the search has found an input that distinguishes it. */
export function markEquivalent(outcome: MutantOutcome, known: Equivalents): MutantOutcome {
  const mark = known.find((each) => fits(each, outcome));
  const isProven = outcome.status === 'survived' && outcome.search?.difference === undefined;
  return mark && isProven ? { ...outcome, status: 'equivalent', reason: mark.reason } : outcome;
}

/** What is marked as equivalent and is not. */
export const refutedBy = (outcomes: readonly MutantOutcome[], known: Equivalents): string[] =>
  outcomes
    .filter((outcome) => outcome.status !== 'equivalent' && known.some((each) => fits(each, outcome)))
    .map(
      ({ base, file, line, becomes, search }) =>
        `${base} ${file}:${line}: ${becomes}` + (search?.difference === undefined ? '' : ` (${search.difference})`),
    );

const fits = ({ base, file, inside, becomes }: Equivalents[number], outcome: MutantOutcome): boolean =>
  base === outcome.base && file === outcome.file && inside === outcome.inside && becomes.includes(outcome.becomes);
