import * as z from 'zod';
import { CriterionId } from './assignment.ts';

export const PROOF_REPORT_VERSION = 1;

/** What became of a mutant. */
export const MutantStatus = z.enum([
  /** Some criterion was lost, or the examination did not survive it. */
  'killed',
  /** Every criterion was passed. */
  'survived',
  /** It survived, and does the same as the solution for a reason that somebody gave. */
  'equivalent',
  /** The grader failed at it; it does not count. */
  'undecided',
]);

/** What a random search found: an input on which a mutant and the reference differ. */
export const Search = z.strictObject({
  /** Cases that were compared; 0 if the assignment has no search. */
  cases: z.number().int().nonnegative(),
  /** The smallest distinguishing input and the results, in one line; missing if none was found. */
  difference: z.string().optional(),
});

export const MutantOutcome = z.strictObject({
  /** The right submission that was changed. */
  base: z.enum(['reference', 'naive']),
  file: z.string(),
  /** The function that was changed; empty at the top of a module. */
  inside: z.string(),
  line: z.number().int(),
  operator: z.string(),
  /** The changed lines, before and after. */
  was: z.string(),
  becomes: z.string(),
  status: MutantStatus,
  /** Criteria that it lost. If it ended its examination, only those until then. */
  lost: z.array(CriterionId),
  /** How it ended its examination early. */
  ended: z.enum(['timed-out', 'out-of-memory', 'crashed', 'not-loaded']).optional(),
  /** Of a survivor. */
  search: Search.optional(),
  /** Why it is equivalent, why it survives, or why it is undecided. */
  reason: z.string().optional(),
});

/** What would make suites sharper. */
export const Advice = z.strictObject({
  /** The criterion in whose functions the smallest share of the mutants is killed; missing if none survived. */
  weakest: z
    .strictObject({
      id: CriterionId,
      title: z.string(),
      killed: z.number().int(),
      survived: z.number().int(),
      /** Inputs that it should be examined on; empty if the search has found none. */
      inputs: z.array(
        MutantOutcome.pick({ base: true, file: true, line: true, inside: true }).extend({ difference: z.string() }),
      ),
    })
    .optional(),
  /** Criteria that every mutant loses together or not at all: their points are given twice. */
  together: z.array(z.array(CriterionId)),
});

/** How many of the mutants that it could kill something killed. */
export const Kills = z.strictObject({
  mutants: z.number().int(),
  killed: z.number().int(),
  /** Killed by nothing else. */
  alone: z.number().int(),
});

/** A mutation test of an assignment's suites. */
export const ProofReport = z.strictObject({
  schema: z.literal('im2grade/proof-report'),
  version: z.literal(PROOF_REPORT_VERSION),
  assignment: z.strictObject({ id: z.string(), title: z.string(), version: z.number().int() }),
  grader: z.string(),
  /** Of the sample and of the suites' inputs. */
  seed: z.number().int(),
  /** All mutants that can be made; `mutants` are those that were examined. */
  possible: z.number().int(),
  totals: z.strictObject({
    killed: z.number().int(),
    survived: z.number().int(),
    equivalent: z.number().int(),
    undecided: z.number().int(),
    /** Killed, in percent of killed and survived. */
    score: z.number(),
  }),
  suites: z.array(Kills.extend({ file: z.string() })),
  criteria: z.array(Kills.extend({ id: CriterionId, title: z.string() })),
  operators: z.array(
    z.strictObject({
      operator: z.string(),
      killed: z.number().int(),
      survived: z.number().int(),
      equivalent: z.number().int(),
    }),
  ),
  advice: Advice,
  mutants: z.array(MutantOutcome),
  /** Mutants that are marked as equivalent and were killed, or differ on some input. */
  refuted: z.array(z.string()),
});

export type MutantOutcome = z.infer<typeof MutantOutcome>;
export type Advice = z.infer<typeof Advice>;
export type ProofReport = z.infer<typeof ProofReport>;
