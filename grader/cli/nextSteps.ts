import { join, relative } from 'node:path';
import type { Draft } from '../authoring/Draft.ts';
import { shellPath } from '../common/shellWord.ts';

interface Made {
  readonly draft: Draft;
  /** Criteria without a mutant. */
  readonly unproved: readonly string[];
  readonly course: string;
  /** The course, if `--course` names it. */
  readonly named: string | undefined;
}

/** What has been made of a solution, what its author should look at, and the commands for it, as a POSIX shell reads them. */
export function nextSteps({ draft: { id, solutions }, unproved, course, named }: Made): string {
  const reference = shellPath(join(relative(process.cwd(), course), 'reference', id));
  const there = named === undefined ? '' : ` --course ${shellPath(named)}`;
  const given = solutions.flatMap((one) => one.given);
  return [
    `Made skeleton/${id}, reference/${id} and tests/${id}`,
    '',
    ...(given.length > 0 ? [`Given to students as it is: ${given.join(', ')}`] : []),
    ...unproved.map((criterion) => `No mistake was found that loses only ${criterion}: add one to tests/${id}/mutants`),
    `grade ${reference} --assignment ${id}${there}    the solution, graded`,
    `grade prove ${id}${there}    what keeps the assignment honest`,
    `grade new ${id} --sync${there}    after a change of reference/${id}`,
    `grade release ${id} --out ${id}.zip${there}    what students get`,
    '',
  ].join('\n');
}
