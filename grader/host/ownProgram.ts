import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './files/cacheFolder.ts';
import { lockFile } from './files/lockFile.ts';
import { packagesFolder } from './files/packagesFolder.ts';
import { withEsbuild } from './withEsbuild.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A module that runs outside of this process; its paths are relative to the repository. */
interface OwnProgram {
  /** Begins the name of its file. */
  readonly name: string;
  readonly source: string;
  /** What it imports from outside its folder. */
  readonly besides: readonly string[];
}

const known = new Map<string, Promise<string>>();

/** The path of a program: one file of plain JavaScript, bundled on first use and cached by content hash. */
export function ownProgram(program: OwnProgram): Promise<string> {
  const path = known.get(program.name) ?? findOrMake(program);
  known.set(program.name, path);
  return path;
}

async function findOrMake(program: OwnProgram): Promise<string> {
  const cache = cacheFolder(ROOT);
  const path = join(cache, `${program.name}-${contentHash(program)}.cjs`);
  if (existsSync(path)) return path;
  const { outputFiles } = await withEsbuild(({ build }) =>
    build({
      entryPoints: [join(ROOT, program.source)],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'silent',
      nodePaths: [packagesFolder(ROOT)],
      write: false,
    }),
  );
  mkdirSync(cache, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, outputFiles[0].contents);
  renameSync(temporary, path);
  return path;
}

function contentHash({ source, besides }: OwnProgram): string {
  const hash = createHash('sha256').update(readFileSync(lockFile(ROOT)));
  const folder = dirname(source);
  const own = readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
  for (const file of [...own, ...besides]) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}
