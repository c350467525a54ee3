import { join } from 'node:path';
import { groupBy } from '../../common/groupBy.ts';
import { shellWord } from '../../common/shellWord.ts';
import { arrayScript, type BatchSystem, MOST_INDICES, scriptName } from '../../engines/batch/arrayScript.ts';
import type { BatchFolder, BatchPlan } from '../../engines/batch/BatchFolder.ts';
import { PASSES, type Pass } from '../../engines/Engine.ts';
import { writeWhole } from '../../host/files/writeWhole.ts';

/**
 * Writes scripts for each pass that has tasks: one, or several if there are more tasks than an array may have.
 *
 * @param tasks - numbers by pass
 * @param isMissing - whether they are only those that have no result
 * @returns the paths of the scripts
 */
export async function saveScripts(
  root: string,
  folder: BatchFolder,
  { system, environment }: BatchPlan,
  tasks: Readonly<Record<Pass, readonly number[]>>,
  isMissing = false,
): Promise<string[]> {
  const command = [process.execPath, join(root, 'grader/cli/start.mjs')];
  const paths: string[] = [];
  for (const pass of PASSES) {
    const arrays = groupBy(tasks[pass], (task) => Math.floor(task / MOST_INDICES));
    for (const [part, numbers] of [...arrays.values()].entries()) {
      const path = join(folder.path, scriptName(system, pass, isMissing, part));
      await writeWhole(path, arrayScript({ system, pass, tasks: numbers, folder: folder.path, command, environment }));
      paths.push(path);
    }
  }
  return paths;
}

/** The commands that submit scripts, a line for each. */
export const submitCommands = (system: BatchSystem, scripts: readonly string[]): string =>
  scripts.map((path) => `  ${system === 'slurm' ? 'sbatch' : 'bsub <'} ${shellWord(path)}\n`).join('');
