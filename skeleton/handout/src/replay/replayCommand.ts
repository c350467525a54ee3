import { parseArgs } from 'node:util';
import { readAssignment } from '../assignment.ts';
import { fromStart } from '../enterHandout.ts';
import { EXIT, UsageError } from '../errors.ts';
import { ownFunctions } from './ownFunctions.ts';
import { readCounterexamples } from './readCounterexamples.ts';
import { replayAll } from './replayAll.ts';

const USAGE = `Usage: npx grade replay REPORT.json [CRITERION]

Runs the counterexamples of a report again, on your functions as they are now.

Examples:
  npx grade replay report.json
  npx grade replay report.json im2mat.padding
Exit codes: 0 all right now, 1 something is still wrong, 2 nothing that can be replayed`;

/** `grade replay`: the exit code. */
export async function replayCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(USAGE);
    return EXIT.fine;
  }
  const [report, criterion] = positionals;
  if (report === undefined || positionals.length > 2)
    throw new UsageError('say which report: npx grade replay REPORT.json');
  const { entry } = readAssignment('.');
  const { counterexamples } = readCounterexamples(fromStart(report), criterion);
  const came = await replayAll(counterexamples, await ownFunctions(entry), console.log);
  return { right: EXIT.fine, wrong: EXIT.wrong, nothing: EXIT.badUsage }[came];
}
