import type { Argv, CommandModule } from 'yargs';
import { UsageError } from '../model/errors.ts';
import { addAssistant, removeAssistantCalled } from './deskAssistants.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';

interface DeskArguments {
  readonly gradebook: string | undefined;
  readonly port: string;
  readonly listen: string | undefined;
  readonly readOnly: boolean;
  readonly by: string | undefined;
  readonly addTa: string | undefined;
  readonly removeTa: string | undefined;
  readonly engine: string | undefined;
}

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
    // The server's library loads what other commands need not wait for.
    const { runDesk } = await import('./runDesk.ts');
    await withKnownGradebook(
      given.gradebook,
      (book) => {
        if (addTa !== undefined) return addAssistant(book, addTa);
        if (removeTa !== undefined) return removeAssistantCalled(book, removeTa);
        return runDesk(root, book, { ...given, port });
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
    .option('engine', { type: 'string', describe: 'A queue, redis://host:6379, of which the workers are shown' })
    .option('add-ta', { type: 'string', describe: 'Let somebody sign in; the password is the first line of the input' })
    .option('remove-ta', { type: 'string', describe: 'Let somebody sign in no more' })
    .conflicts('add-ta', ['remove-ta', 'listen'])
    .conflicts('remove-ta', 'listen')
    .conflicts('listen', 'by')
    .example('$0 desk', 'prints a link that works once; Ctrl-C ends it')
    .example('$0 desk --read-only', 'nothing can be changed')
    .example('$0 desk --add-ta Grace < password.txt', '')
    .example('$0 desk --engine redis://queue:6379', 'the page of the machine has the workers as well')
    .example('$0 desk --listen grading.example.org --port 8123', 'for everybody who has a password')
    .epilogue(
      'Without --listen only this machine can reach it. With --listen, what is sent is not encrypted: use a tunnel (ssh -L) or\n' +
        'a network that you trust. Exit codes: 0 ended, 2 bad usage, 3 the machine failed',
    );

/** @throws UsageError if it is not a port */
function chosenPort(text: string): number {
  if (/^\d{1,5}$/u.test(text) && Number(text) < 2 ** 16) return Number(text);
  throw new UsageError(`--port ${text || '""'}: must be a number from 0 to ${2 ** 16 - 1}`);
}
