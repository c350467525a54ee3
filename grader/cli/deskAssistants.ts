import { buffer } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { decodedText } from '../common/decodedText.ts';
import { newName, newPassword, signInName } from '../desk/access/credentials.ts';
import { storedPassword } from '../desk/access/passwords.ts';
import { removeAssistant, setPassword } from '../gradebook/store/assistants.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { UsageError } from '../model/errors.ts';
import { printableLine } from '../report/text/printable.ts';

/**
 * Lets somebody sign in at a desk; the password is read from the input, and not shown on a terminal.
 *
 * @throws UsageError if the name or the password cannot be one
 */
export async function addAssistant(book: CourseGradebook, text: string): Promise<void> {
  const name = newName(text, '--add-ta');
  const password = newPassword(await readPassword(name), name);
  const stored = await storedPassword(password);
  await book.write((db) => setPassword(db, name, stored));
  process.stdout.write(`${name} can sign in with this password\nSaved in ${printableLine(book.shown)}\n`);
}

/** @throws UsageError if no one of this name can sign in */
export async function removeAssistantCalled(book: CourseGradebook, text: string): Promise<void> {
  const name = signInName(text);
  if (!(await book.write((db) => removeAssistant(db, name))))
    throw new UsageError(`--remove-ta ${name || '""'}: no one of this name can sign in`);
  process.stdout.write(`${name} cannot sign in any more\n`);
}

/** The first line of a file, as editors of any system save it, or what is typed. */
async function readPassword(name: string): Promise<string> {
  if (process.stdin.isTTY) return readTyped(name);
  return decodedText(await buffer(process.stdin)).split(/\r?\n/u)[0];
}

async function readTyped(name: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(`Password of ${name}, which is not shown: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: true });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
