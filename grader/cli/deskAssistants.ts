import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { storedPassword } from '../desk/access/passwords.ts';
import { removeAssistant, setPassword } from '../gradebook/store/assistants.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { UsageError } from '../model/errors.ts';
import { printableLine } from '../report/text/printable.ts';

const LEAST_CHARACTERS = 10;

/**
 * Lets somebody sign in at a desk; the password is read from the input, and not shown on a terminal.
 *
 * @throws UsageError if the name is empty or the password is short
 */
export async function addAssistant(book: CourseGradebook, text: string): Promise<void> {
  const name = printableLine(text).trim();
  if (name === '') throw new UsageError('--add-ta: say who');
  const password = await readPassword(name);
  if (password.length < LEAST_CHARACTERS)
    throw new UsageError(`the password of ${name} must have at least ${LEAST_CHARACTERS} characters`);
  const stored = await storedPassword(password);
  await book.write((db) => setPassword(db, name, stored));
  process.stdout.write(`${name} can sign in with this password\nSaved in ${printableLine(book.shown)}\n`);
}

/** @throws UsageError if no one of this name can sign in */
export async function removeAssistantCalled(book: CourseGradebook, text: string): Promise<void> {
  const name = printableLine(text).trim();
  if (!(await book.write((db) => removeAssistant(db, name))))
    throw new UsageError(`--remove-ta ${name || '""'}: no one of this name can sign in`);
  process.stdout.write(`${name} cannot sign in any more\n`);
}

async function readPassword(name: string): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write(`Password of ${name}, which is not shown: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY ?? false });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}
