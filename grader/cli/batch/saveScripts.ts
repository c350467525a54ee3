import { join } from 'node:path';
import { COURSE_VARIABLE } from '../../assignments/courseFolder.ts';
import { arrayScript, type BatchSystem, scriptName } from '../../engines/batch/arrayScript.ts';
import type { BatchFolder, BatchPlan } from '../../engines/batch/BatchFolder.ts';
import { PASSES, type Pass } from '../../engines/Engine.ts';
import { writeWhole } from '../../host/files/writeWhole.ts';

/**
 * Writes a script for each pass that has tasks.
 *
 * @param tasks - numbers by pass
 * @param isMissing - whether they are only those that have no result
 * @returns the paths of the scripts
 */
export async function saveScripts(
  root: string,
  folder: BatchFolder,
  { system }: BatchPlan,
  tasks: Readonly<Record<Pass, readonly number[]>>,
  isMissing = false,
): Promise<string[]> {
  const command = [process.execPath, join(root, 'grader/cli/start.mjs')];
  const environment = environmentOf(['IM2GRADE_GEMM', COURSE_VARIABLE]);
  const paths: string[] = [];
  for (const pass of PASSES) {
    if (tasks[pass].length === 0) continue;
    const path = join(folder.path, scriptName(system, pass, isMissing));
    await writeWhole(
      path,
      arrayScript({ system, pass, tasks: tasks[pass], folder: folder.path, command, environment }),
    );
    paths.push(path);
  }
  return paths;
}

/** Of the named variables, those that are set. */
const environmentOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

/** The commands that submit scripts, a line for each. */
export const submitCommands = (system: BatchSystem, scripts: readonly string[]): string =>
  scripts.map((path) => `  ${system === 'slurm' ? 'sbatch' : 'bsub <'} ${path}\n`).join('');
