import type { Sandbox } from './Sandbox.ts';

const ALWAYS = [
  'a process of its own',
  'jailed realm without host globals',
  'deadlines',
  'output caps',
  'memory watch',
  'empty environment',
];

/** The mechanisms that isolate student code, for the report. */
export function mechanismsOf(sandbox: Sandbox): string[] {
  if (sandbox.tier === 'strict') {
    return [
      'bubblewrap without network, processes, /proc and files',
      'seccomp',
      'unprivileged user',
      'resource limits',
      ...ALWAYS,
    ];
  }
  return [...ALWAYS, ...(sandbox.prlimit ? ['resource limits'] : []), ...(sandbox.asNobody ? ['runs as nobody'] : [])];
}
