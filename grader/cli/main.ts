import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { EXIT, GraderFault, UngradableError, UsageError } from '../model/errors.ts';
import { assignmentsCommand } from './assignmentsCommand.ts';
import { classCommand } from './classCommand.ts';
import { doctorCommand } from './doctorCommand.ts';
import { exportCommand } from './exportCommand.ts';
import { gradeCommand } from './gradeCommand.ts';
import { manualCommand } from './manualCommand.ts';
import { endQuietly } from './endQuietly.ts';
import { schemaCommand } from './schemaCommand.ts';
import { requireSingle } from './requireSingle.ts';
import { paperOf } from './screen.ts';
import { releaseCommand } from './releaseCommand.ts';
import { replayCommand } from './replayCommand.ts';

/** `start.mjs` keeps this module's place. */
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const cli = yargs(hideBin(process.argv))
  .scriptName('grade')
  .command(gradeCommand(ROOT))
  .command(classCommand(ROOT))
  .command(assignmentsCommand(ROOT))
  .command(doctorCommand(ROOT))
  .command(exportCommand(ROOT))
  .command(manualCommand(ROOT))
  .command(schemaCommand)
  .command(releaseCommand(ROOT))
  .command(replayCommand(ROOT))
  .strict()
  .check(requireSingle)
  .version(false)
  .help()
  .alias('help', 'h')
  .wrap(Math.min(110, paperOf(process.stdout).width))
  .fail((message, error) => {
    const isUsage = error === undefined || error === null || error.name === 'YError';
    throw isUsage ? new UsageError(`${message.replaceAll(/\s+/g, ' ')}; see --help`) : error;
  });

endQuietly(process.stdout);
endQuietly(process.stderr);
try {
  await cli.parseAsync();
} catch (error) {
  const known = error instanceof UsageError || error instanceof UngradableError;
  process.stderr.write(
    known || error instanceof GraderFault
      ? `grade: ${error.message}\n`
      : `grade: the grader itself failed: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = known ? EXIT.ungradable : EXIT.graderFailed;
}
