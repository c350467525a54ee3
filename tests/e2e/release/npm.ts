import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command of npm as a student would, in a folder of theirs. */
export async function npm(args: readonly string[], cwd: string): Promise<Ended> {
  return ended(spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd, env: studentEnvironment() }));
}

/** As `npm`, by npx. */
export const npx = (args: readonly string[], cwd: string): Promise<Ended> => npm(['exec', '--', ...args], cwd);

/** Without the variables of the npm and the Jest that run this test. */
function studentEnvironment(): NodeJS.ProcessEnv {
  const isOurs = (name: string) => /^(npm_|NODE_|JEST_|INIT_CWD$)/i.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

async function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (piece: Buffer) => (output += piece.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
