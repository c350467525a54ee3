import { join } from 'node:path';
import { confine } from '../isolation/confine.ts';
import { sandboxFailure, SandboxFailure } from '../isolation/SandboxFailure.ts';
import type { Assignment } from '../model/assignment.ts';
import { libraryFiles, type Tool, type Toolchain } from './toolchain.ts';
import { OUTPUT } from './staging.ts';

export interface CompilerResult {
  /** Exit code; undefined when it was stopped at its deadline or died. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const MAX_OUTPUT_BYTES = 256 * 1024;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MEMORY_MIB = 1536;

/**
 * Runs a compiler over student source: never in the grader's process, always in the sandbox and under limits of its own.
 * Sources that keep a compiler busy for ever exist for each of them.
 *
 * @throws SandboxFailure when the compiler could not be started
 * @param folder - holds the sources; the compiler may write to `out` in there and nowhere else
 */
export async function runCompiler(
  { root, sandbox }: Toolchain,
  { argv, folder: program }: Tool,
  args: readonly string[],
  folder: string,
  { packages, limits: { buildSeconds } }: Assignment,
): Promise<CompilerResult> {
  const child = confine(sandbox, {
    argv: [...argv, ...args],
    readable: [{ path: program }, { path: folder }, ...libraryFiles(root, packages)],
    writable: join(folder, OUTPUT),
    cwd: folder,
    limits: { memoryMiB: MEMORY_MIB, cpuSeconds: buildSeconds, maxFileBytes: MAX_FILE_BYTES },
  });
  return new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]!.on('data', (piece: Buffer) => {
        if (output[name].length < MAX_OUTPUT_BYTES) output[name] += piece.toString('utf8');
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), buildSeconds * 1000);
    child.on('error', (error) => reject(new SandboxFailure(error.message)));
    child.on('close', (code) => {
      clearTimeout(timer);
      const failure = code === 0 ? undefined : sandboxFailure(output.stderr);
      if (failure) return reject(failure);
      // A compiler that was killed inside the sandbox ends it with 128 and the signal's number.
      resolve({ code: code === null || code > 128 ? undefined : code, ...output });
    });
  });
}
