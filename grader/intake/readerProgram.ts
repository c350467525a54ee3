import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../host/files/cacheFolder.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SOURCE = join(ROOT, 'grader/intake/archiveReader.ts');

let program: Promise<string> | undefined;

/** The path of the thread's program: one file of plain JavaScript, bundled on first use and cached by content hash. */
export function readerProgram(): Promise<string> {
  program ??= findOrMake();
  return program;
}

async function findOrMake(): Promise<string> {
  const cache = cacheFolder(ROOT);
  const path = join(cache, `archives-${contentHash()}.cjs`);
  if (existsSync(path)) return path;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [SOURCE],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'silent',
    write: false,
  });
  mkdirSync(cache, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, outputFiles[0].contents);
  renameSync(temporary, path);
  return path;
}

function contentHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  const own = readdirSync(dirname(SOURCE))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(dirname(SOURCE), name));
  const others = ['grader/model/errors.ts', 'skeleton/handout/src/handIn/rules.ts'].map((path) => join(ROOT, path));
  for (const file of [...own, ...others]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
