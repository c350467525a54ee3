import { PASSES, type Pass } from '../Engine.ts';
import type { BatchFolder, BatchPlan } from './BatchFolder.ts';

/** The keys of all jobs that were written. */
export async function writtenKeys(folder: BatchFolder, plan: Pick<BatchPlan, 'tasks'>): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { jobs } of tasksOf(folder, plan)) for (const { key } of jobs) keys.add(key);
  return keys;
}

/** What has no result: the number of jobs, and the numbers of the tasks that they are in. */
export async function missingTasks(
  folder: BatchFolder,
  plan: Pick<BatchPlan, 'tasks'>,
): Promise<{ jobs: number; tasks: Record<Pass, number[]> }> {
  const tasks: Record<Pass, number[]> = { untimed: [], timed: [] };
  let jobs = 0;
  for await (const { pass, task, jobs: all } of tasksOf(folder, plan)) {
    const missing = all.filter(({ key }) => !folder.hasResult(key));
    if (missing.length > 0) tasks[pass].push(task);
    jobs += missing.length;
  }
  return { jobs, tasks };
}

async function* tasksOf(folder: BatchFolder, plan: Pick<BatchPlan, 'tasks'>) {
  for (const pass of PASSES)
    for (let task = 0; task < plan.tasks[pass]; task++) yield { pass, task, jobs: await folder.task(pass, task) };
}
