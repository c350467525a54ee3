import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cifarFolder } from '@im2grade/data';
import { BadUsage, readArguments, runProgram, writeWhole } from '@im2grade/programs';
import { ModelError } from '../src/ModelError.ts';
import { resnet18Digests } from './resnet18Digests.ts';

/** Where a user keeps them, beside the data sets. */
const DIGESTS = join(dirname(cifarFolder()), 'resnet18', 'digests.json');

const USAGE = `Usage: npm run setup-resnet18 -- FILE

Keeps the digests of the pretrained ResNet18's tensors, so that the grader can see which parameters a transfer has left as they
were. Nothing else of the file is kept, and nothing in it is run. Without the digests what needs them stays pending.

  FILE    torchvision's weights (.pth), or the same as .safetensors:
          torch.save(torchvision.models.resnet18(pretrained=True).state_dict(), "resnet18.pth")

Example:
  npm run setup-resnet18 -- resnet18.pth
The digests are kept in ${DIGESTS}
Exit codes: 0 they are there, 2 bad usage or another file`;

await runProgram('setup-resnet18', async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(USAGE);
  if (positionals.length !== 1) throw new BadUsage('name one file; see --help');
  const digests = digestsIn(positionals[0]);
  writeWhole(DIGESTS, `${JSON.stringify(digests, undefined, 1)}\n`);
  console.log(`the digests of ${Object.keys(digests).length} tensors are in ${DIGESTS}`);
});

function digestsIn(path: string): Record<string, string> {
  try {
    return resnet18Digests(path, readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== undefined) throw new BadUsage(`${path}: cannot be read (${code})`);
    throw error instanceof ModelError ? new BadUsage(message) : error;
  }
}
