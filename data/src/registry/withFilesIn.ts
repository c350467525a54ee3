import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extract } from 'tar';

/**
 * Unpacks files of a package's archive beside it for as long as `work` takes.
 *
 * @param paths - within the package
 */
export async function withFilesIn<T>(
  archive: string,
  paths: readonly string[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(dirname(archive), 'unpacked-'));
  try {
    const wanted = new Set(paths.map((path) => `package/${path}`));
    await extract({ file: archive, cwd: folder, strip: 1, filter: (path) => wanted.has(path) });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
