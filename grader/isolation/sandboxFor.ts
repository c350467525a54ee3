import type { IsolationTier } from '../model/isolation.ts';
import { UsageError } from '../model/errors.ts';
import { findSandbox, reducedSandbox } from './findSandbox.ts';
import type { Sandbox } from './Sandbox.ts';

/** The values of `--isolation`; `auto` takes the strictest that works. */
export const ISOLATION_CHOICES = ['auto', 'strict', 'reduced'] as const;
export type IsolationChoice = (typeof ISOLATION_CHOICES)[number];

/**
 * The sandbox for a grading.
 *
 * @param minimum - the least isolation that the assignment accepts
 * @throws UsageError if this machine, or the choice, does not reach what is required
 */
export async function sandboxFor(
  root: string,
  asked: IsolationChoice,
  assignment: { readonly id: string; readonly isolation: IsolationTier },
): Promise<Sandbox> {
  const requires = `${assignment.id} requires strict isolation (assignment.yaml)`;
  if (asked === 'reduced' && assignment.isolation === 'strict')
    throw new UsageError(`--isolation reduced: ${requires}`);
  if (asked === 'reduced') return reducedSandbox(root);
  const sandbox = await findSandbox(root);
  if (sandbox.tier === 'strict') return sandbox;
  if (asked === 'auto' && assignment.isolation === 'reduced') return sandbox;
  const { why, remedy } = sandbox.obstacle!;
  throw new UsageError(`${asked === 'strict' ? '--isolation strict' : requires}: ${why}; ${remedy} (see grade doctor)`);
}
