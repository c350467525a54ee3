import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a package by their paths in it. */
export type Files = Map<string, string | Uint8Array>;

/** What a student does not need: installed packages, an archive to hand in, hidden files, a library's own tests. */
const LEFT_OUT = /^(node_modules|hand-in\.zip|\..*)$/;
const OWN_TESTS = /^(test|.*\.test\.ts)$/;

/** Everything in a folder except what was installed or made there, and hidden files. */
export const packFolder = (folder: string): Files => pack(folder, (name) => !LEFT_OUT.test(name));

/** As `packFolder`, without the tests. */
export const packLibrary = (folder: string, parts: readonly string[]): Files =>
  new Map(
    parts.flatMap((part) =>
      [...pack(join(folder, part), (name) => !LEFT_OUT.test(name) && !OWN_TESTS.test(name))].map(
        ([path, content]): [string, string | Uint8Array] => [`${part}/${path}`, content],
      ),
    ),
  );

function pack(folder: string, isWanted: (name: string) => boolean): Files {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => isWanted(name));
  const files: Files = new Map();
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) files.set(entry.name, readFileSync(path));
    if (entry.isDirectory())
      for (const [inner, content] of pack(path, isWanted)) files.set(`${entry.name}/${inner}`, content);
  }
  return files;
}
