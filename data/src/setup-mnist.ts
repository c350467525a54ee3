import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { DataError } from './Digits.ts';
import { fetchMnist, MNIST_FILES } from './fetchMnist.ts';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'idx');

const USAGE = `Usage: npm run setup-mnist [-- --folder FOLDER]

Fetches the full MNIST (70,000 digits, 11 MB) into data/idx. Existing files are kept; an interrupted download resumes.

Examples:
  npm run setup-mnist
  npm run classify -- --data ${FOLDER}
Exit codes: 0 all four files are there, 2 they could not be fetched`;

const { values } = parseArgs({
  options: { folder: { type: 'string', default: FOLDER }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) console.log(USAGE);
else {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} bytes {name}',
    clearOnComplete: true,
    stream: process.stderr,
  });
  const sizes = MNIST_FILES.reduce((sum, { bytes }) => sum + bytes, 0);
  if (process.stderr.isTTY) bar.start(sizes, 0, { name: '' });
  try {
    const fetched = await fetchMnist({
      folder: values.folder,
      onProgress: ({ name }, received) => bar.update(before(name) + received, { name }),
    });
    bar.stop();
    console.log(
      fetched.length > 0
        ? `${fetched.length} files fetched into ${values.folder}`
        : `all four files are in ${values.folder} already`,
    );
  } catch (error) {
    bar.stop();
    if (!(error instanceof DataError)) throw error;
    console.error(
      `setup-mnist: ${error.message}; try again with a network connection. Until then, the 10,000 digits in this repository are used.`,
    );
    process.exitCode = 2;
  }
}

/** Bytes of the files that come before this one. */
function before(name: string): number {
  const index = MNIST_FILES.findIndex((file) => file.name === name);
  return MNIST_FILES.slice(0, index).reduce((sum, { bytes }) => sum + bytes, 0);
}
