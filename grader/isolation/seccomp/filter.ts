import { assemble, type Instruction, jump, load, result } from './instructions.ts';
import { type Architecture, CLONE, CLONE3, LAST_KNOWN, numberOn, REFUSED } from './syscalls.ts';

/** The actions that the kernel can take on a call. Source: `linux/seccomp.h`. */
export const VERDICT = {
  allow: 0x7fff0000,
  /** Fails with EPERM. */
  refuse: 0x00050001,
  /** Fails with ENOSYS, as on a kernel that does not have the call: callers then fall back to an older one. */
  unknown: 0x00050026,
  killProcess: 0x80000000,
} as const;

/** Offsets into `struct seccomp_data`; of an argument, its lower half. */
const DATA = { number: 0, architecture: 4, firstArgument: 16 } as const;

/** Source: `linux/audit.h`. */
const AUDIT: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };
/** Set in the numbers of x86-64's second table, which has the same calls under other numbers. */
const X32 = 0x40000000;

const CLONE_THREAD = 0x00010000;
/** All CLONE_NEW* flags that fit into clone's first argument. Source: `linux/sched.h`. */
const CLONE_NAMESPACES = 0x7e020000;

/** This action applies from this call number up to the next step's. */
interface Piece {
  readonly from: number;
  readonly what: readonly Instruction[];
}

/** The architecture of this process, if the filter knows it. */
export const hostArchitecture = (): Architecture | undefined =>
  process.arch === 'x64' || process.arch === 'arm64' ? process.arch : undefined;

/**
 * The seccomp program for everything that a submission can reach, as the bytes that `bwrap --seccomp` reads: calls of
 * another architecture kill the process, listed calls are refused, and threads may be started but processes may not.
 */
export function seccompFilter(architecture: Architecture): Uint8Array {
  const kill = result(VERDICT.killProcess);
  return assemble([
    load(DATA.architecture),
    jump('equal', AUDIT[architecture], 1, 0),
    kill,
    load(DATA.number),
    ...(architecture === 'x64' ? [jump('anyBit', X32, 0, 1), kill] : []),
    ...search(piecesOf(architecture)),
  ]);
}

/** The actions as a step function of the call's number. */
function piecesOf(architecture: Architecture): Piece[] {
  const verdicts = new Map<number, readonly Instruction[]>();
  for (const group of Object.values(REFUSED)) {
    for (const numbers of Object.values(group)) {
      const number = numberOn(architecture, numbers);
      if (number !== undefined) verdicts.set(number, REFUSE);
    }
  }
  verdicts.set(numberOn(architecture, CLONE)!, THREADS_ONLY);
  verdicts.set(numberOn(architecture, CLONE3)!, UNKNOWN);
  const pieces: Piece[] = [];
  for (let number = 0; number <= LAST_KNOWN + 1; number++) {
    const what = number > LAST_KNOWN ? UNKNOWN : (verdicts.get(number) ?? ALLOW);
    if (pieces.at(-1)?.what !== what) pieces.push({ from: number, what });
  }
  return pieces;
}

const ALLOW = [result(VERDICT.allow)];
const REFUSE = [result(VERDICT.refuse)];
const UNKNOWN = [result(VERDICT.unknown)];
const THREADS_ONLY = [
  load(DATA.firstArgument),
  jump('anyBit', CLONE_NAMESPACES, 1, 0),
  jump('anyBit', CLONE_THREAD, 1, 0),
  ...REFUSE,
  ...ALLOW,
];

/** Binary search, because each system call of a submission passes through this. */
function search(pieces: readonly Piece[]): Instruction[] {
  if (pieces.length === 1) return [...pieces[0].what];
  const middle = pieces.length >> 1;
  const below = search(pieces.slice(0, middle));
  return [jump('atLeast', pieces[middle].from, below.length, 0), ...below, ...search(pieces.slice(middle))];
}
