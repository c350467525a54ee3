import { PASSES, type Pass } from '../Engine.ts';
import type { BatchFolder, BatchPlan } from './BatchFolder.ts';

/** What has no result: the number of jobs, and the numbers of the tasks that they are in. */
export async function missingTasks(
  folder: BatchFolder,
  plan: Pick<BatchPlan, 'tasks'>,
): Promise<{ jobs: number; tasks: Record<Pass, number[]> }> {
  const tasks: Record<Pass, number[]> = { untimed: [], timed: [] };
  let jobs = 0;
  for (const pass of PASSES)
    for (let task = 0; task < plan.tasks[pass]; task++) {
      const missing = (await folder.task(pass, task)).filter(({ key }) => !folder.hasResult(key));
      if (missing.length > 0) tasks[pass].push(task);
      jobs += missing.length;
    }
  return { jobs, tasks };
}
