import type { IsolationTier } from '../model/isolation.ts';
import { UsageError } from '../model/errors.ts';
import { findSandbox, reducedSandbox } from './findSandbox.ts';
import type { Sandbox } from './Sandbox.ts';

/** The values of `--isolation`; `auto` takes the strictest that works. */
export const ISOLATION_CHOICES = ['auto', 'strict', 'reduced'] as const;
export type IsolationChoice = (typeof ISOLATION_CHOICES)[number];

/** An assignment, and the least isolation that it accepts. */
interface Demanding {
  readonly id: string;
  readonly isolation: IsolationTier;
}

/**
 * The sandbox for a grading.
 *
 * @throws UsageError if this machine, or the choice, does not reach what is required
 */
export async function sandboxFor(root: string, asked: IsolationChoice, assignment: Demanding): Promise<Sandbox> {
  const requires = requirement(assignment);
  if (asked === 'reduced') requireReduced(assignment);
  if (asked === 'reduced') return reducedSandbox(root);
  const sandbox = await findSandbox(root);
  if (sandbox.tier === 'strict') return sandbox;
  if (asked === 'auto' && assignment.isolation === 'reduced') return sandbox;
  const { why, remedy } = sandbox.obstacle!;
  throw new UsageError(`${asked === 'strict' ? '--isolation strict' : requires}: ${why}; ${remedy} (see grade doctor)`);
}

/**
 * The isolation that other machines must offer to grade for this one: strict unless it was asked for less.
 *
 * @throws UsageError if the assignment requires more
 */
export function tierElsewhere(asked: IsolationChoice, assignment: Demanding): IsolationTier {
  if (asked !== 'reduced') return 'strict';
  requireReduced(assignment);
  return 'reduced';
}

function requireReduced(assignment: Demanding): void {
  if (assignment.isolation === 'strict') throw new UsageError(`--isolation reduced: ${requirement(assignment)}`);
}

const requirement = ({ id }: Demanding): string => `${id} requires strict isolation (assignment.yaml)`;
