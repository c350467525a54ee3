import { NOBODY, type ResourceLimits, type StrictSandbox, type BindMount } from './Sandbox.ts';
import { underLimits } from './resourceLimits.ts';

export interface StrictProgram {
  readonly argv: readonly string[];
  readonly readable: readonly BindMount[];
  /** The only folder that it may write to. */
  readonly writable: string | undefined;
  readonly cwd: string | undefined;
  readonly limits: ResourceLimits;
  /** The descriptor on which bubblewrap finds the seccomp filter. */
  readonly filterDescriptor: number;
}

/**
 * The command that runs a program in an empty world: no network, no other process, no /proc, /dev or /tmp, no
 * environment, and no file but the listed ones, read-only.
 */
export function strictCommand(sandbox: StrictSandbox, program: StrictProgram): string[] {
  const { bwrap, prlimit, disablesUserNamespaces, limitsThreads, libraries } = sandbox;
  const { argv, readable, writable, cwd = '/', limits, filterDescriptor } = program;
  const files = [argv[0], prlimit, ...libraries].map((path): BindMount => ({ path }));
  return [
    bwrap,
    ...NAMESPACES,
    ...(disablesUserNamespaces ? ['--disable-userns'] : []),
    ...PRIVILEGES,
    ...['--tmpfs', '/'],
    ...[...files, ...readable].flatMap(({ path, as = path }) => ['--ro-bind', path, as]),
    ...(writable === undefined ? [] : ['--bind', writable, writable]),
    // Go programs read the path of their executable from /proc/self/exe; there is no /proc otherwise.
    ...['--symlink', argv[0], '/proc/self/exe'],
    ...['--remount-ro', '/', '--chdir', cwd],
    ...['--seccomp', String(filterDescriptor), '--'],
    ...underLimits(prlimit, argv, limits, limitsThreads),
  ];
}

const NAMESPACES = [
  '--unshare-user',
  '--unshare-ipc',
  '--unshare-pid',
  '--unshare-net',
  '--unshare-uts',
  '--unshare-cgroup-try',
];

const PRIVILEGES = [
  ...['--uid', String(NOBODY), '--gid', String(NOBODY), '--hostname', 'box'],
  ...['--die-with-parent', '--new-session', '--as-pid-1', '--cap-drop', 'ALL', '--clearenv'],
];
