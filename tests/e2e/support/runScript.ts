import { spawn } from 'node:child_process';

/**
 * Runs a script in a folder; returns its exit code, and everything that it prints.
 *
 * @param script - an executable file, or a command and its arguments
 */
export function runScript(
  script: string | readonly [string, ...string[]],
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string }> {
  const [command, ...args] = typeof script === 'string' ? [script] : script;
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (out += piece.toString()));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, out })));
}
