import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { folderForNew } from '../assignments/courseFolder.ts';
import { findAssignment, findFolders } from '../assignments/findAssignments.ts';
import { type Draft, tasksOf } from '../authoring/Draft.ts';
import { newAssignment } from '../authoring/newAssignment.ts';
import { readSolutions, readSources } from '../authoring/readSolutions.ts';
import { syncSkeleton } from '../authoring/syncSkeleton.ts';
import { unexaminedFunctions } from '../honesty/unexaminedFunctions.ts';
import { findSandbox } from '../isolation/findSandbox.ts';
import { UsageError } from '../model/errors.ts';
import { askOnTerminal } from './askOnTerminal.ts';
import { nextSteps } from './nextSteps.ts';
import { chosenPoints } from './options.ts';
import { untilInterrupted } from './untilInterrupted.ts';

interface NewArguments {
  readonly course: string | undefined;
  readonly id: string;
  readonly from: string[];
  readonly accepted: string[];
  readonly title: string | undefined;
  readonly points: string | undefined;
  readonly yes: boolean;
  readonly sync: boolean;
}

/** `grade new <id>`: a new assignment that grades at once. */
export const newCommand = (root: string): CommandModule<object, NewArguments> => ({
  command: 'new <id>',
  describe: 'Make an assignment from its solution: skeleton, reference, suites, a mutant for each criterion',
  builder: options as CommandModule<object, NewArguments>['builder'] & object,
  handler: (given) => (given.sync ? sync(root, given) : run(root, given)),
});

const files = { type: 'string', array: true, default: [] as string[] } as const;

const options = (cli: Argv) =>
  cli
    .positional('id', { type: 'string', demandOption: true, describe: 'The name of its folders, like batch-norm' })
    .option('from', { ...files, defaultDescription: 'an example', describe: 'The solution; may be repeated' })
    .option('accepted', { ...files, describe: 'The same file solved in another way, which must earn everything too' })
    .option('title', { type: 'string', describe: 'Of the assignment, for students' })
    .option('points', { type: 'string', describe: 'For each function; 2 if it is left out' })
    .option('yes', { alias: 'y', type: 'boolean', default: false, describe: 'Ask nothing' })
    .option('sync', {
      type: 'boolean',
      default: false,
      describe: 'Derive the stubs from the reference again; edits of them are lost',
    })
    .example('$0 new batch-norm --from batchNorm.ts', 'what is between BEGIN and END SOLUTION becomes a stub')
    .example('$0 new warm-up --yes', 'a small example to change')
    .example('$0 new batch-norm --sync', 'the reference has changed')
    .epilogue('Exit codes: 0 made, 2 bad usage or the solution cannot be used, 130 interrupted; then nothing is left');

async function sync(root: string, { id, from, accepted, title, points }: NewArguments): Promise<void> {
  if (from.length > 0 || accepted.length > 0 || title !== undefined || points !== undefined)
    throw new UsageError('--sync reads the reference; leave the other options out');
  const changed = await syncSkeleton(root, { id, folders: findFolders(root, id) });
  const lines = changed.map((path) => `derived skeleton/${id}/${path}`);
  const made = lines.length > 0 ? lines : [`skeleton/${id} is up to date`];
  process.stdout.write(`${[...made, ...unexaminedIn(root, id)].join('\n')}\n`);
}

/** Nothing while assignment.yaml, the entry or a suite cannot be read: other commands name what is wrong there. */
function unexaminedIn(root: string, id: string): string[] {
  try {
    return unexaminedFunctions(findAssignment(root, id));
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

async function run(root: string, given: NewArguments): Promise<void> {
  await untilInterrupted('nothing was made', async (signal) => {
    const isExample = given.from.length === 0;
    if (isExample && given.accepted.length > 0) throw new UsageError('--accepted needs --from');
    const example = join(root, 'examples/new');
    const solutions = readSolutions(isExample ? [join(example, 'centre.ts')] : given.from);
    const accepted = readSources(isExample ? [join(example, 'accepted/centre.ts')] : given.accepted);
    const stray = Object.keys(accepted).find((path) => !solutions.some((one) => one.path === path));
    if (stray !== undefined) throw new UsageError(`--accepted: ${stray} has the name of no solution`);
    const draft = await draftOf(given, { id: given.id, solutions }, signal);
    const sandbox = await findSandbox(root);
    const step = (what: string) => void process.stderr.write(`${what} …\n`);
    const course = folderForNew(root);
    const unproved = await newAssignment({ root, course, draft, accepted, sandbox, step, signal });
    process.stdout.write(nextSteps({ draft, unproved, course, named: given.course }));
  });
}

const POINTS = '2';

/** Asks what was not given, if somebody is there to answer. */
async function draftOf(
  given: NewArguments,
  about: Pick<Draft, 'id' | 'solutions'>,
  signal: AbortSignal,
): Promise<Draft> {
  const ask = given.yes ? undefined : askOnTerminal(signal);
  const [first] = tasksOf(about);
  try {
    const title = given.title ?? (await ask?.question('Title for students', first.title)) ?? first.title;
    if (title.trim() === '')
      throw new UsageError('--title: an assignment needs one; leave it out to take the first task’s');
    if (/\p{C}/u.test(title)) throw new UsageError('--title: write it in one line, without control characters');
    const points = given.points ?? (await ask?.question('Points for each function', POINTS)) ?? POINTS;
    return { ...about, title, points: chosenPoints('points', points)! };
  } finally {
    ask?.close();
  }
}
