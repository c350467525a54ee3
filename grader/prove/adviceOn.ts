import { groupBy } from '../common/groupBy.ts';
import type { Criterion } from '../model/assignment.ts';
import type { Advice, MutantOutcome } from '../model/proofReport.ts';

/** In a small sample criteria are lost together by chance. */
const LEAST_TOGETHER = 20;
/** Inputs that are proposed. */
const MOST_INPUTS = 3;

type Examined = Pick<Criterion, 'id' | 'title' | 'examines' | 'needs'>;

/**
 * What would make suites sharper: the weakest criterion with inputs that it misses, and points that are given twice.
 *
 * @param criteria - those that mutants may lose, in the order of the rubric
 *
 * @example
 * ```ts
 * adviceOn(criteria, outcomes).weakest?.id; // 'softmax.definition'
 * ```
 */
export const adviceOn = (criteria: readonly Examined[], outcomes: readonly MutantOutcome[]): Advice => {
  const weakest = weakestOf(criteria, outcomes);
  return { ...(weakest && { weakest }), together: togetherIn(criteria, outcomes) };
};

/**
 * The one in whose functions the smallest share of the mutants is killed. Survivors that no input distinguishes may be
 * equivalent: one with such an input comes first.
 */
function weakestOf(criteria: readonly Examined[], outcomes: readonly MutantOutcome[]): Advice['weakest'] {
  const counted = outcomes.filter(({ status }) => status === 'killed' || status === 'survived');
  const functions = [...groupBy(counted, ({ file, inside }) => `${file} ${inside}`).values()];
  const rated = criteria.map(({ id, title }) => {
    const own = functions.filter((one) => examinerOf(criteria, one) === id).flat();
    const missed = own.filter(({ status }) => status === 'survived');
    const inputs = missed.flatMap(({ base, file, line, inside, search }) =>
      search?.difference === undefined ? [] : [{ base, file, line, inside, difference: search.difference }],
    );
    const killed = own.length - missed.length;
    return { id, title, killed, survived: missed.length, inputs: inputs.slice(0, MOST_INPUTS) };
  });
  const shareOf = ({ killed, survived }: { killed: number; survived: number }) => killed / (killed + survived);
  const isProved = ({ inputs }: (typeof rated)[number]) => Number(inputs.length > 0);
  const [weakest] = rated
    .filter(({ survived }) => survived > 0)
    .toSorted((a, b) => isProved(b) - isProved(a) || shareOf(a) - shareOf(b));
  return weakest;
}

/** The criterion that most mutants of a function lose, so that it should lose the others too. */
function examinerOf(criteria: readonly Examined[], mutants: readonly MutantOutcome[]): string | undefined {
  const able = criteria.filter(({ examines }) => examines.includes(mutants[0].file));
  const losses = (id: string) => mutants.filter(({ lost }) => lost.includes(id)).length;
  return able.toSorted((a, b) => losses(b.id) - losses(a.id))[0]?.id;
}

/** Criteria that every mutant loses together or not at all. One that needs others is examined on fewer mutants. */
function togetherIn(criteria: readonly Examined[], outcomes: readonly MutantOutcome[]): string[][] {
  const whole = outcomes.filter(({ status, ended }) => status === 'killed' && ended === undefined);
  const lossesOf = ({ id }: Examined) => whole.flatMap(({ lost }, i) => (lost.includes(id) ? [i] : []));
  const alike = groupBy(
    criteria.filter((one) => lossesOf(one).length >= LEAST_TOGETHER),
    (one) => JSON.stringify([lossesOf(one), one.needs.length > 0]),
  );
  return [...alike.values()].filter(({ length }) => length > 1).map((group) => group.map(({ id }) => id));
}
