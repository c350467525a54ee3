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
    ['machine', isOnOther(before, after, (parts) => parts.slice(0, -1).join())],
    ['isolation', isOnOther(before, after, (parts) => parts.at(-1)!)],
  ];
  const reasons = because.filter(([, isOne]) => isOne).map(([name]) => name);
  return reasons.length > 0 ? reasons : ['measured again'];
}

/**
 * Whether something of the machine differs. Work that was refused was examined on none, and says nothing about it.
 *
 * @param of - takes it from the parts of a machine's description, of which the last is the tier of isolation
 */
function isOnOther(before: readonly Facts[], after: readonly Facts[], of: (parts: string[]) => string): boolean {
  const [old, now] = [before, after].map((gradings) =>
    gradings.filter(({ machine }) => machine !== '').map(({ machine }) => of(machine.split(', '))),
  );
  return old.length > 0 && now.some((each) => !old.includes(each));
}
