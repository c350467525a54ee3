import { availableParallelism } from 'node:os';
import type { Argv, CommandModule } from 'yargs';
import { isPassword } from '../desk/access/passwords.ts';
import { Sessions } from '../desk/access/Sessions.ts';
import { warmUp } from '../desk/class/warmUp.ts';
import type { Desk } from '../desk/Desk.ts';
import { openDesk } from '../desk/openDesk.ts';
import { serveDesk } from '../desk/serveDesk.ts';
import { examineMachine } from '../doctor/examineMachine.ts';
import { assistantNames, storedPasswordOf } from '../gradebook/store/assistants.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { UsageError } from '../model/errors.ts';
import { printableLine } from '../report/text/printable.ts';
import { addAssistant, removeAssistantCalled } from './deskAssistants.ts';
import { gradeAnew } from './gradeAnew.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { interruption } from './options.ts';
import { ownName } from './ownName.ts';

interface DeskArguments {
  readonly gradebook: string | undefined;
  readonly port: string;
  readonly listen: string | undefined;
  readonly readOnly: boolean;
  readonly by: string | undefined;
  readonly addTa: string | undefined;
  readonly removeTa: string | undefined;
}

const LOOPBACK = '127.0.0.1';

/** `grade desk`: the course as pages in a browser. */
export const deskCommand = (root: string): CommandModule<object, DeskArguments> => ({
  command: 'desk',
  describe: 'Open the course in a browser: who lost what, points by hand, exports, regrading, requests',
  builder: options as CommandModule<object, DeskArguments>['builder'] & object,
  handler: async (given) => {
    const port = chosenPort(given.port);
    const { addTa, removeTa, readOnly } = given;
    if (readOnly && (addTa ?? removeTa) !== undefined)
      throw new UsageError('--read-only changes nothing; leave it out to change who can sign in');
    await withKnownGradebook(
      given.gradebook,
      (book) => {
        if (addTa !== undefined) return addAssistant(book, addTa);
        if (removeTa !== undefined) return removeAssistantCalled(book, removeTa);
        return serve(root, book, { ...given, port });
      },
      readOnly ? 'read' : 'change',
    );
  },
});

const options = (cli: Argv) =>
  cli
    .option('gradebook', GRADEBOOK_OPTION)
    .option('port', { alias: 'p', type: 'string', default: '0', describe: 'Where to listen; 0 is any that is free' })
    .option('read-only', { type: 'boolean', default: false, describe: 'Show everything and change nothing' })
    .option('by', { type: 'string', describe: 'Who gives points here; your git user.name, or else your login name' })
    .option('listen', {
      type: 'string',
      describe: 'The name or address of this machine, for several people, who sign in with passwords',
    })
    .option('add-ta', { type: 'string', describe: 'Let somebody sign in; the password is the first line of the input' })
    .option('remove-ta', { type: 'string', describe: 'Let somebody sign in no more' })
    .conflicts('add-ta', ['remove-ta', 'listen'])
    .conflicts('remove-ta', 'listen')
    .conflicts('listen', 'by')
    .example('$0 desk', 'prints a link that works once; Ctrl-C ends it')
    .example('$0 desk --read-only', 'nothing can be changed')
    .example('$0 desk --add-ta Grace < password.txt', '')
    .example('$0 desk --listen grading.example.org --port 8123', 'for everybody who has a password')
    .epilogue(
      'Without --listen only this machine can reach it. With --listen, what is sent is not encrypted: use a tunnel (ssh -L) or\n' +
        'a network that you trust. Exit codes: 0 ended, 2 bad usage, 3 the machine failed',
    );

async function serve(
  root: string,
  book: CourseGradebook,
  { listen, port, readOnly, by: named }: Omit<DeskArguments, 'port'> & { readonly port: number },
): Promise<void> {
  const by = printableLine(named ?? ownName()).trim();
  if (by === '') throw new UsageError('--by: say who gives the points');
  if (listen !== undefined) await requireAssistants(book, listen);
  const sessions = new Sessions();
  const isRight = async (name: string, password: string) =>
    isPassword(password, await book.read((db) => storedPasswordOf(db, name)));
  let hosts: readonly string[] = [];
  const signal = interruption();
  const regradings = new Set<Promise<unknown>>();
  const desk = deskOf(root, book, { isReadOnly: readOnly, signal, regradings });
  const app = openDesk(desk, {
    sessions,
    hosts: () => hosts,
    passwords: listen === undefined ? undefined : { isRight },
  });
  const served = await serveDesk(app, { host: listen ?? LOOPBACK, port });
  hosts = listen === undefined ? [served.host, served.host.replace(LOOPBACK, 'localhost')] : [served.host];
  const entrance = listen === undefined ? `enter?token=${sessions.newLink(by)}` : '';
  process.stdout.write(`The desk of ${printableLine(book.shown)}:\n  http://${served.host}/${entrance}\n`);
  process.stderr.write(`grade: Ctrl-C ends it${listen === undefined ? '; the link works once' : ''}\n`);
  const warm = warmUp(desk);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  await served.close();
  await Promise.allSettled([warm, ...regradings]);
}

/** What ends together with a desk. */
interface DeskRun {
  readonly isReadOnly: boolean;
  readonly signal: AbortSignal;
  /** Those that have begun: they use the gradebook until they end. */
  readonly regradings: Set<Promise<unknown>>;
}

function deskOf(root: string, book: CourseGradebook, { isReadOnly, signal, regradings }: DeskRun): Desk {
  return {
    ...{ root, book, isReadOnly },
    diagnose: () => examineMachine(root),
    regrade: (assignment, began, stopped) => {
      const jobs = availableParallelism();
      const note = (line: string) => process.stderr.write(`grade: ${line}\n`);
      const isEnded = AbortSignal.any([signal, stopped]);
      const anew = { seed: undefined, jobs, isolation: 'auto', began, note } as const;
      const regrading = gradeAnew(root, book, assignment, anew, isEnded);
      regradings.add(regrading);
      return regrading;
    },
  };
}

/** @throws UsageError if nobody could sign in, or browsers cannot use the address */
async function requireAssistants(book: CourseGradebook, listen: string): Promise<void> {
  if (['', '0.0.0.0', '::'].includes(listen))
    throw new UsageError(
      `--listen ${listen || '""'}: name the one address that browsers use, like grading.example.org`,
    );
  if ((await book.read(assistantNames)).length === 0)
    throw new UsageError('--listen: nobody has a password yet; grade desk --add-ta NAME gives somebody one');
}

/** @throws UsageError if it is not a port */
function chosenPort(text: string): number {
  if (/^\d{1,5}$/u.test(text) && Number(text) < 2 ** 16) return Number(text);
  throw new UsageError(`--port ${text || '""'}: must be a number from 0 to ${2 ** 16 - 1}`);
}
