import type { GradingTable } from '../gradebook/store/tables.ts';
import type { Because } from '../model/proposal.ts';

type Facts = Pick<GradingTable, 'assignment_sources' | 'grader_sources' | 'seed' | 'machine'>;

/**
 * Why gradings of one attempt may differ from its earlier ones.
 *
 * @param isScoredAlike - whether the rubric is the same
 */
export function becauseOf(before: readonly Facts[], after: readonly Facts[], isScoredAlike: boolean): Because[] {
  if (before.length === 0 || after.length === 0) return isScoredAlike ? ['measured again'] : ['assignment'];
  const differs = (of: (facts: Facts) => string | number) => {
    const [old, now] = [before, after].map((gradings) => new Set(gradings.map(of)));
    return old.size !== now.size || [...old].some((value) => !now.has(value));
  };
  const because: [Because, boolean][] = [
    ['assignment', !isScoredAlike || differs((facts) => facts.assignment_sources)],
    ['grader', differs((facts) => facts.grader_sources)],
    ['seed', differs(({ seed }) => seed)],
    ['machine', isOnOther(before, after)],
  ];
  const reasons = because.filter(([, isOne]) => isOne).map(([name]) => name);
  return reasons.length > 0 ? reasons : ['measured again'];
}

/** Work that was refused was examined on no machine, and tells nothing about it. */
function isOnOther(before: readonly Facts[], after: readonly Facts[]): boolean {
  const [old, now] = [before, after].map((gradings) => gradings.map(({ machine }) => machine).filter(Boolean));
  return old.length > 0 && now.some((machine) => !old.includes(machine));
}
