import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { chooseAssignment } from '../assignments/chooseAssignment.ts';
import { namesInClass } from '../class/namesInClass.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import { UsageError } from '../model/errors.ts';
import { Similarity } from '../model/similarity.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { renderSimilarity } from '../report/similarity/renderSimilarity.ts';
import { similarityHtml } from '../report/similarity/similarityHtml.ts';
import { findSimilar } from '../similar/findSimilar.ts';
import { type Group, openCorpus, openGroup } from '../similar/openGroup.ts';
import { interruption, INTERRUPTED, ISOLATION_OPTION, SELECTION_OPTIONS } from './options.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { showReading } from './showReading.ts';

interface SimilarArguments {
  readonly submissions: string;
  readonly corpus: string[];
  readonly assignment: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** `grade similar <submissions>`: which submissions of a class are alike. */
export const similarCommand = (root: string): CommandModule<object, SimilarArguments> => ({
  command: 'similar <submissions>',
  describe: 'Show which submissions of a class have code in common; it accuses nobody',
  builder: options as CommandModule<object, SimilarArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('submissions', {
      type: 'string',
      demandOption: true,
      describe: 'Folder or .zip of submissions, as for grade class',
    })
    .option('corpus', {
      type: 'string',
      default: [] as string[],
      coerce: (folders: string | string[]) => [folders].flat(),
      describe: 'An earlier class, or one public solution, to compare with; may be repeated',
    })
    .option('assignment', SELECTION_OPTIONS.assignment)
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print the result as JSON, and save no page' })
    .option('out', { alias: 'o', type: 'string', describe: 'Folder for similar.html (reports/<class>)' })
    .example('$0 similar submissions.zip', 'pairs and groups; the page is reports/submissions/similar.html')
    .example('$0 similar hw1 --corpus hw1-2025 --corpus hw1-2024', 'also with the classes of earlier years')
    .epilogue('Exit codes: 0 compared, whatever was found, 2 bad usage, 3 the machine failed, 130 interrupted');

async function run(root: string, given: SimilarArguments): Promise<void> {
  const assignment = await chooseAssignment(root, given.assignment, given.submissions, (one) =>
    namesInClass(given.submissions, one),
  );
  if (given.corpus.includes('')) throw new UsageError('--corpus: its value is missing');
  const groups: Group[] = [];
  try {
    groups.push(await openGroup(given.submissions, assignment));
    for (const path of given.corpus) groups.push(await openCorpus(path, assignment));
    const file = join(given.out ?? join('reports', groups[0].name), 'similar.html');
    if (!given.json) await requireWritable([file]);
    const toolchain = findToolchain(root, await sandboxFor(root, given.isolation, assignment));
    const signal = interruption();
    const { progress, stop } = showReading(process.stderr);
    const found = await findSimilar(groups, { toolchain, assignment, signal, progress })
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      })
      .finally(stop);
    if (found) await show(Similarity.parse(found), given.json ? undefined : file);
    else {
      process.stderr.write('grade: interrupted; nothing was saved\n');
      process.exitCode = INTERRUPTED;
    }
  } finally {
    groups.forEach((group) => group.close());
  }
}

/** @param file - of the page; undefined if the result is wanted as JSON */
async function show(found: Similarity, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(`${controlsEscaped(JSON.stringify(found, undefined, 2))}\n`);
    return;
  }
  await writeWhole(file, similarityHtml(found));
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(renderSimilarity(found, style) + savedLines([file], style.width));
}
