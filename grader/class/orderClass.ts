import { inPool } from '../common/inPool.ts';
import { passesOf } from '../grade/passes.ts';
import type { ClassOptions } from './gradeClass.ts';
import { HandInGrader } from './HandInGrader.ts';

/** Records the hand-ins of a class and submits what the gradebook has no gradings of, without waiting for results. */
export async function orderClass(options: Omit<ClassOptions, 'progress'>): Promise<void> {
  const { assignment, handIns, engine, only, signal } = options;
  const { untimed, timed } = passesOf(assignment, only);
  const parts = [untimed, timed].filter((criteria) => criteria.length > 0);
  const grader = new HandInGrader(options);
  await inPool(handIns, await engine.width('untimed'), signal, async (handIn) =>
    engine.submit(await grader.ordersOf(handIn, parts)),
  );
  grader.noteAtEnd();
}
