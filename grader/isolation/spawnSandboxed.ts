import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Socket } from 'node:net';
import { requirePipes } from './requirePipes.ts';
import { strictCommand } from './bubblewrap.ts';
import { watchMemory } from './watchMemory.ts';
import { memoryBytes, underLimits } from './resourceLimits.ts';
import { isRoot, NOBODY, type ResourceLimits, type Sandbox, type StrictSandbox, type BindMount } from './Sandbox.ts';
import { hostArchitecture, seccompFilter } from './seccomp/filter.ts';

/** A program to be started in a sandbox, with absolute paths that are the same inside and outside. */
export interface Program {
  readonly argv: readonly string[];
  /** What it may read in the strict tier, in addition to its own executable. */
  readonly readable: readonly BindMount[];
  /** The only folder that it may write to, if any. */
  readonly writable?: string;
  readonly cwd?: string;
  readonly limits: ResourceLimits;
  /** Number of pipes, open in both directions, from descriptor 3 on. */
  readonly pipes?: number;
  /** Called before it is killed for holding more memory than its limit. */
  readonly onTooMuchMemory?: () => void;
}

const FIRST_PIPE = 3;

/**
 * Starts a program in the sandbox, with an empty environment and an empty stdin. The owner reads stdout, stderr and the
 * pipes, sets a deadline, and ends it with SIGKILL.
 *
 * @throws an error of the system if no more pipes can be opened
 */
export function spawnSandboxed(sandbox: Sandbox, program: Program): ChildProcess {
  const child = sandbox.tier === 'strict' ? startStrict(sandbox, program) : startReduced(sandbox, program);
  if (child.pid === undefined) return child;
  const stopWatching = watchMemory(child.pid, memoryBytes(program.limits), () => {
    program.onTooMuchMemory?.();
    child.kill('SIGKILL');
  });
  child.once('exit', stopWatching);
  return child;
}

function startStrict(sandbox: StrictSandbox, program: Program): ChildProcess {
  const { argv, readable, writable, cwd, limits, pipes = 0 } = program;
  const filterDescriptor = FIRST_PIPE + pipes;
  const command = strictCommand(sandbox, { argv, readable, writable, cwd, limits, filterDescriptor });
  const child = start(command, pipes + 1, { cwd: '/', asNobody: isRoot() });
  const filter = child.stdio[filterDescriptor] as Socket;
  filter.on('error', () => {});
  filter.end(filterBytes());
  return child;
}

function startReduced(sandbox: Exclude<Sandbox, StrictSandbox>, program: Program): ChildProcess {
  const { argv, limits, cwd = tmpdir(), pipes = 0 } = program;
  const { prlimit, asNobody } = sandbox;
  return start(prlimit ? underLimits(prlimit, argv, limits, false) : argv, pipes, { cwd, asNobody });
}

function start(argv: readonly string[], pipes: number, { cwd, asNobody }: { cwd: string; asNobody: boolean }) {
  const [command, ...args] = argv;
  const child = spawn(command, args, {
    cwd,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe', ...new Array<'pipe'>(pipes).fill('pipe')],
    ...(asNobody ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return requirePipes(child);
}

let filter: Uint8Array | undefined;

const filterBytes = (): Uint8Array => (filter ??= seccompFilter(hostArchitecture()!));
