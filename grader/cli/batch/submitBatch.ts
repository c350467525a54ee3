import { orderClass } from '../../class/orderClass.ts';
import { shellWord } from '../../common/shellWord.ts';
import { BatchEngine } from '../../engines/batch/BatchEngine.ts';
import { BatchFolder } from '../../engines/batch/BatchFolder.ts';
import type { BatchSystem } from '../../engines/batch/arrayScript.ts';
import { programDigests } from '../../engines/gradingKey.ts';
import { TaskWriter } from '../../engines/batch/TaskWriter.ts';
import { hasPassword, shownLocation } from '../../gradebook/store/location.ts';
import { tierElsewhere } from '../../isolation/sandboxFor.ts';
import { UsageError } from '../../model/errors.ts';
import { count } from '../../report/text/numbers.ts';
import { ClassArguments } from '../ClassArguments.ts';
import type { EngineFor } from '../EngineFor.ts';
import type { EngineArguments } from '../engineOptions.ts';
import { chosenCount, INTERRUPTED } from '../options.ts';
import { batchEnvironment } from './batchEnvironment.ts';
import { saveScripts, submitCommands } from './saveScripts.ts';

const PACK = 20;

/** The gradebook's password stays out of the folder of the jobs: nodes do not need it. */
const isSecret = ({ gradebook }: Pick<ClassArguments, 'gradebook'>): boolean =>
  gradebook !== undefined && hasPassword(gradebook);

/** The command that collects the results. */
const collectCommand = (out: string, given: Pick<ClassArguments, 'gradebook'>): string =>
  `  grade gradebook ingest ${shellWord(out)}${isSecret(given) ? ' --gradebook …' : ''}\n`;

/** Writes the jobs of a class for a batch system, which is submitted to by hand: only its user knows queues and limits. */
export function submitBatch(root: string, given: ClassArguments & EngineArguments, system: BatchSystem): EngineFor {
  const pack = chosenCount('pack', given.pack) ?? PACK;
  if (given.json) throw new UsageError('--json: there is no report yet; grade gradebook ingest … --json prints it');
  return async ({ assignment, signal, out }) => ({
    isolation: tierElsewhere(given.isolation, assignment),
    async run(options) {
      const folder = new BatchFolder(out);
      await folder.begin();
      const writer = new TaskWriter(folder, pack);
      const engine = new BatchEngine(folder, assignment, writer);
      await orderClass({ ...options, engine });
      await engine.close();
      if (signal.aborted) {
        process.stderr.write('grade: interrupted; run the same command again\n');
        process.exitCode = INTERRUPTED;
        return;
      }
      const { tasks, jobs } = writer;
      const plan = {
        ...({ schema: 'im2grade/batch', version: 2 } as const),
        ...{ system, assignment: assignment.id, program: programDigests(root, assignment), tasks },
        ...{ isolation: given.isolation, cwd: process.cwd(), environment: batchEnvironment() },
        given: ClassArguments.parse({ ...given, out, gradebook: given.gradebook && shownLocation(given.gradebook) }),
        hasPassword: isSecret(given),
      };
      await folder.writePlan(plan);
      if (jobs === 0) {
        process.stdout.write(`Nothing to submit: every result is there. Collect them:\n${collectCommand(out, given)}`);
        return;
      }
      const scripts = await saveScripts(root, folder, plan, {
        untimed: [...Array(tasks.untimed).keys()],
        timed: [...Array(tasks.timed).keys()],
      });
      process.stdout.write(
        `${count(jobs, 'job')} in ${count(tasks.untimed + tasks.timed, 'task')}. Submit them, and collect the results:\n` +
          `${submitCommands(system, scripts)}${collectCommand(out, given)}`,
      );
    },
  });
}
