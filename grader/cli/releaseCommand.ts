import type { CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { handoutFiles } from '../release/handoutFiles.ts';
import { writeHandout } from '../release/writeHandout.ts';
import { untilInterrupted } from './untilInterrupted.ts';

interface ReleaseArguments {
  readonly assignment: string;
  readonly out: string;
}

/** `grade release <assignment>`: the handout as a self-contained package. */
export const releaseCommand = (root: string): CommandModule<object, ReleaseArguments> => ({
  command: 'release <assignment>',
  describe: 'Pack the handout: the skeleton with the library in it, and nothing hidden',
  builder: (cli) =>
    cli
      .positional('assignment', { type: 'string', demandOption: true, describe: 'Which assignment' })
      .option('out', { alias: 'o', type: 'string', demandOption: true, describe: 'A new or empty folder, or a .zip' })
      .example('$0 release conv2d-gemm --out conv2d-gemm.zip', 'what students download')
      .epilogue(
        'Exit codes: 0 written, 2 bad usage, the folder is not empty, or its parent does not exist, 130 interrupted',
      ),
  handler: ({ assignment: id, out }) => release(root, id, out),
});

const release = (root: string, id: string, out: string): Promise<void> =>
  untilInterrupted('nothing was written', async (signal) => {
    const assignment = findAssignment(root, id);
    const files = handoutFiles(root, assignment);
    await writeHandout(files, out, assignment.id, signal);
    process.stdout.write(`Wrote ${files.size} files to ${out}\n`);
  });
