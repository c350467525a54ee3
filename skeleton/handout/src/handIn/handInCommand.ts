import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readAssignment } from '../assignment.ts';
import { fromStart } from '../enterHandout.ts';
import { EXIT, UsageError } from '../errors.ts';
import { checkHandIn, type HandIn } from './checkHandIn.ts';

const USAGE = `Usage: npm run hand-in [-- FILE.zip]

Makes the archive to hand in: the deliverables of the assignment, and no other file. Before that they are checked as the
grader reads them. If they could not be graded, no archive is written.

Examples:
  npm run hand-in                  makes hand-in.zip
  npm run hand-in -- ada.zip       under another name
  npx grade hand-in ~/ada.zip      the same command, in another folder
Exit codes: 0 written, 2 bad usage, or the grader would refuse it`;

/** `grade hand-in`: the exit code. */
export async function handInCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(USAGE);
    return EXIT.fine;
  }
  const [out = 'hand-in.zip'] = positionals;
  if (positionals.length > 1 || !/\.zip$/i.test(out))
    throw new UsageError('name one archive that ends in .zip: npm run hand-in -- FILE.zip');
  const handIn = await checkHandIn(readAssignment('.'), resolve('.'));
  for (const { isFatal, message } of handIn.problems)
    console.error(`${isFatal ? 'error' : 'warning'}: ${printable(message)}`);
  if (handIn.problems.some(({ isFatal }) => isFatal)) {
    const stale = existsSync(fromStart(out)) ? `. The ${out} that is here is from an earlier run` : '';
    console.error(`\n${out} is not written, because it could not be graded; correct the errors first${stale}`);
    return EXIT.badUsage;
  }
  write(handIn.archive, out);
  console.log(render(handIn, out));
  return EXIT.fine;
}

/** Whole or not at all. */
function write(archive: Uint8Array, out: string): void {
  const target = fromStart(out);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    writeFileSync(temporary, archive, { flush: true });
    renameSync(temporary, target);
  } catch (error) {
    throw new UsageError(`${out} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  } finally {
    rmSync(temporary, { force: true });
  }
}

const render = ({ files, archive, problems }: HandIn, out: string): string =>
  [
    ...(problems.length > 0 ? [''] : []),
    `Wrote ${out} (${archive.length} bytes):`,
    ...[...files].map(([path, { length }]) => `  ${path} (${length} bytes)`),
    'The grader can read it. Hand in this file.',
  ].join('\n');

/** Names of files, and messages that quote sources, without control characters. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '?');
