import { readFileSync } from 'node:fs';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { SubmissionFault } from '../model/examination.ts';
import { UsageError } from '../model/errors.ts';
import { ChildSession } from '../run/ChildSession.ts';
import { type Example, exampleCall, exampleOptions } from './Example.ts';
import type { TaskFunction } from './TaskFunction.ts';

/**
 * What the solution makes of a small example of each function.
 *
 * @throws UsageError if the solution throws, does not end, or gives something that is no number
 */
export async function runExamples(
  root: string,
  assignment: Assignment,
  sandbox: Sandbox,
  tasks: readonly TaskFunction[],
): Promise<Example[]> {
  const programs = await runtimeBundles(root, assignment);
  const settings = { sandbox, programs, limits: assignment.limits, gemm: { kind: 'wasm', files: [] } } as const;
  // In a process with a deadline: a solution may have an endless loop.
  const session = await ChildSession.open(settings, readFileSync(programs.reference)).catch((error: unknown) => {
    if (!(error instanceof SubmissionFault)) throw error;
    throw new UsageError(`the solution cannot be loaded: ${error.message}`);
  });
  try {
    const examples: Example[] = [];
    for (const task of tasks) examples.push(await exampleOf(session, task));
    return examples;
  } finally {
    session.close();
  }
}

async function exampleOf(session: ChildSession, task: TaskFunction): Promise<Example> {
  const call = exampleCall(task);
  const { outputs } = await session.call(call).catch((error: unknown) => {
    if (!(error instanceof SubmissionFault)) throw error;
    throw new UsageError(`${task.file}: ${task.name} fails on a small example: ${error.message}`);
  });
  if (outputs.some((values) => !values.every(Number.isFinite)))
    throw new UsageError(
      `${task.file}: ${task.name} gives NaN or ∞ on a small example; do the sizes in its comment fit, as in "@param y - [N][D]", and does it say which inputs are positive, not negative or probabilities?`,
    );
  const options = exampleOptions(task);
  return {
    task,
    options,
    inputs: call.inputs.map((values) => Array.from(values)),
    outputs: outputs.map((values) => Array.from(values)),
  };
}
