import type { Argv, CommandModule } from 'yargs';
import { assignmentIds, findAssignment } from '../assignments/findAssignments.ts';
import { MachineFault } from '../model/errors.ts';
import { Diagnosis } from '../doctor/Diagnosis.ts';
import { examineMachine } from '../doctor/examineMachine.ts';
import { renderDiagnosis } from '../doctor/renderDiagnosis.ts';
import { hasAttacks, tryAttacks } from '../doctor/tryAttacks.ts';
import { terminalWidthAndColour } from './screen.ts';

interface DoctorArguments {
  readonly attacks: boolean;
  readonly json: boolean;
}

/** `grade doctor`: what this machine offers, what is missing and why, and how to get it. */
export const doctorCommand = (root: string): CommandModule<object, DoctorArguments> => ({
  command: 'doctor',
  describe: 'Show what this machine offers, what is missing and how to get it; try the attacks on it',
  builder: options as CommandModule<object, DoctorArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .option('attacks', {
      type: 'boolean',
      default: true,
      describe: 'Try the corpus of attacks (minutes); --no-attacks leaves it out',
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print the diagnosis as JSON only' });

async function run(root: string, { attacks, json }: DoctorArguments): Promise<void> {
  const isTried = attacks && hasAttacks(root);
  // The attacks run on the assignments.
  if (isTried) for (const id of assignmentIds(root)) findAssignment(root, id);
  if (isTried && process.stderr.isTTY) process.stderr.write('Trying the attacks, which takes a few minutes …\n');
  const tried = isTried ? await tryAttacks(root) : [];
  const diagnosis = Diagnosis.parse({
    schema: 'im2grade/diagnosis',
    version: 1,
    ...(await examineMachine(root)),
    attacks: tried ?? [],
  } satisfies Diagnosis);
  const { colour } = terminalWidthAndColour(process.stdout);
  process.stdout.write(json ? `${JSON.stringify(diagnosis, null, 2)}\n` : renderDiagnosis(diagnosis, { colour }));
  if (tried === undefined)
    throw new MachineFault(
      'the attacks could not be run here; npm test -- tests/e2e/attacks shows why, --no-attacks leaves them out',
    );
}
