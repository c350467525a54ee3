import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The compilers' own programs, found in the installed packages. */
export interface Tools {
  /** Command line that starts esbuild. */
  readonly esbuild: readonly string[];
  /** Command line that starts the TypeScript 7 checker. */
  readonly tsc: readonly string[];
}

/** Prefers a package's native binary: the JavaScript launchers in front of them cost a Node start each. */
export function findTools(root: string): Tools {
  const require = createRequire(join(root, 'grader', 'package.json'));
  const platform = `${process.platform}-${process.arch}`;
  const native = (packageName: string, file: string): string | undefined => {
    try {
      const path = join(dirname(require.resolve(`${packageName}/package.json`)), file);
      return existsSync(path) ? path : undefined;
    } catch {
      return undefined;
    }
  };
  const esbuild = native(`@esbuild/${platform}`, 'bin/esbuild');
  const tsc = native(`@typescript/typescript-${platform}`, 'lib/tsc');
  return {
    esbuild: esbuild ? [esbuild] : [process.execPath, native('esbuild', 'bin/esbuild')!],
    tsc: tsc ? [tsc] : [process.execPath, native('@typescript/native', 'bin/tsc')!],
  };
}
