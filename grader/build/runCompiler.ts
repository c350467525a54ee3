import { spawn } from 'node:child_process';
import { underLimits } from '../run/limits.ts';

export interface CompilerResult {
  /** Exit code; undefined when it was stopped at its deadline or died. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const MAX_OUTPUT_BYTES = 256 * 1024;
const MEMORY_MIB = 1536;

/**
 * Runs a compiler over student source: never in the grader's process, always under limits of its own.
 * Sources that keep a compiler busy for ever exist for each of them.
 */
export async function runCompiler(argv: readonly string[], cwd: string, seconds: number): Promise<CompilerResult> {
  const [command, ...args] = underLimits(
    argv,
    { memoryMiB: MEMORY_MIB, maxFileBytes: 64 * 1024 * 1024 },
    Math.ceil(seconds),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (piece: Buffer) => {
        if (output[name].length < MAX_OUTPUT_BYTES) output[name] += piece.toString('utf8');
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, ...output });
    });
  });
}
