import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSandboxed } from '../../../../grader/isolation/spawnSandboxed.ts';
import type { ResourceLimits, Sandbox } from '../../../../grader/isolation/Sandbox.ts';
import { ROOT } from '../../support/gradeFiles.ts';

const PROGRAMS = join(ROOT, 'tests/e2e/attacks/host/programs.mjs');
/** Far longer than a limit lets a program compute, also on a loaded machine. */
const DEADLINE_MS = 200_000;

/** The library with which a program may call the kernel directly. */
export const ADDONS = join(ROOT, 'node_modules/koffi/package.json');
const ADDON_FOLDERS = ['koffi', '@koromix'].map((name) => join(ROOT, 'node_modules', name));
export const hasAddons = existsSync(ADDONS);

export interface Answer {
  /** The program's output; empty if it was killed before. */
  readonly said: string;
  readonly wasKilled: boolean;
}

/**
 * Runs one of `programs.mjs` in a sandbox, as a session is run, and returns its last line.
 *
 * @throws Error if no limit ends it
 */
export async function runProgram(
  sandbox: Sandbox,
  name: string,
  given: object,
  limits: Partial<ResourceLimits> = {},
  visible: readonly string[] = [],
): Promise<Answer> {
  const child = spawnSandboxed(sandbox, {
    argv: [process.execPath, PROGRAMS, name, JSON.stringify(given)],
    readable: [PROGRAMS, ...(hasAddons ? ADDON_FOLDERS : []), ...visible].map((path) => ({ path })),
    limits: { memoryMiB: 1024, cpuSeconds: 20, ...limits },
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (piece: Buffer) => (output = (output + piece.toString()).slice(-65536)));
  let isGivenUp = false;
  const timer = setTimeout(() => (isGivenUp = child.kill('SIGKILL')), DEADLINE_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  if (isGivenUp) throw new Error(`nothing ended the program ${name}`);
  const said = output.split('\n').find((line) => /^(DONE|STOPPED) /.test(line)) ?? '';
  return { said, wasKilled: code === null || code > 128 };
}
