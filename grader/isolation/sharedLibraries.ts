import { execFile } from 'node:child_process';

const PATH_IN_LINE = /(?:=>\s*|^\s*)(?<path>\/\S+)\s+\(0x/gmu;

/**
 * The libraries that these programs load when they start, according to the system's `ldd`; none for a static program.
 */
export async function sharedLibraries(programs: readonly string[]): Promise<string[]> {
  const listing = await new Promise<string>((resolve) =>
    // It exits with a failure as soon as one of them is static.
    execFile('ldd', [...programs], { env: { PATH: process.env['PATH'], LC_ALL: 'C' } }, (_, stdout) => resolve(stdout)),
  );
  return [...new Set([...listing.matchAll(PATH_IN_LINE)].map(({ groups }) => groups!['path']))];
}
