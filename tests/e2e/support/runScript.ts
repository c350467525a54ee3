import { spawn } from 'node:child_process';

/** Runs a script in a folder; returns its exit code, and everything that it prints. */
export function runScript(
  script: string,
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string }> {
  const child = spawn(script, { cwd, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (out += piece.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}
