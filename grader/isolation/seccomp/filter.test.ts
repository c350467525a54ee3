import { describe, expect, test } from '@jest/globals';
import { seccompFilter, VERDICT } from './filter.ts';
import { CODE, INSTRUCTION_BYTES, jump } from './instructions.ts';
import { type Architecture, CLONE, CLONE3, LAST_KNOWN, numberOn, REFUSED } from './syscalls.ts';

const AUDIT: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const AUDIT_I386 = 0x40000003;
const X32 = 0x40000000;
const MOST_INSTRUCTIONS = 4096;

/** The verdict of a program on one call, interpreted from its bytes as the kernel does. */
function verdict(program: Uint8Array, architecture: number, number: number, argument = 0n): number {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, architecture, true);
  data.setBigUint64(16, argument, true);
  const code = new DataView(program.buffer, program.byteOffset, program.byteLength);
  let word = 0;
  for (let at = 0; at < program.length; at += INSTRUCTION_BYTES) {
    const [ifTrue, ifFalse, operand] = [code.getUint8(at + 2), code.getUint8(at + 3), code.getUint32(at + 4, true)];
    const skip = (holds: boolean) => (at += INSTRUCTION_BYTES * (holds ? ifTrue : ifFalse));
    switch (code.getUint16(at, true)) {
      case CODE.load:
        word = data.getUint32(operand, true);
        break;
      case CODE.equal:
        skip(word === operand);
        break;
      case CODE.atLeast:
        skip(word >= operand);
        break;
      case CODE.anyBit:
        skip((word & operand) !== 0);
        break;
      case CODE.result:
        return operand;
      default:
        throw new Error(`unknown instruction at ${at}`);
    }
  }
  throw new Error('the program has no end');
}

describe.each(['x64', 'arm64'] as const)('the filter for %s', (architecture) => {
  const program = seccompFilter(architecture);
  const on = (number: number, argument?: bigint) => verdict(program, AUDIT[architecture], number, argument);
  const numbers = (names: readonly string[]) => names.map((name) => [name, NEEDED[name][architecture]] as const);

  test('is a program that the kernel accepts', () => {
    expect(program.length % INSTRUCTION_BYTES).toBe(0);
    expect(program.length / INSTRUCTION_BYTES).toBeLessThan(MOST_INSTRUCTIONS);
  });

  test.each(Object.keys(REFUSED))('refuses calls that concern %s', (group) => {
    for (const [name, both] of Object.entries(REFUSED[group])) {
      const number = numberOn(architecture, both);
      if (number !== undefined) expect([name, on(number)]).toEqual([name, VERDICT.refuse]);
    }
  });

  test('allows new threads, but no new process and no namespace', () => {
    const clone = numberOn(architecture, CLONE)!;
    const THREAD_OF_GLIBC = 0x3d0f00n;
    expect(on(clone, THREAD_OF_GLIBC)).toBe(VERDICT.allow);
    expect(on(clone, 17n)).toBe(VERDICT.refuse);
    expect(on(clone, THREAD_OF_GLIBC | 0x10000000n)).toBe(VERDICT.refuse);
    expect(on(clone, THREAD_OF_GLIBC << 32n)).toBe(VERDICT.refuse);
    expect(on(numberOn(architecture, CLONE3)!)).toBe(VERDICT.unknown);
  });

  test('allows every call that it does not list, up to the last one in its tables', () => {
    const named = Object.values(REFUSED).flatMap((group) =>
      Object.values(group).map((both) => numberOn(architecture, both)),
    );
    const special = [numberOn(architecture, CLONE), numberOn(architecture, CLONE3)];
    for (let number = 0; number <= LAST_KNOWN; number++) {
      if (!named.includes(number) && !special.includes(number))
        expect([number, on(number)]).toEqual([number, VERDICT.allow]);
    }
  });

  test('allows what V8, glibc and Go need', () => {
    for (const [name, number] of numbers(Object.keys(NEEDED)))
      expect([name, on(number)]).toEqual([name, VERDICT.allow]);
  });

  test.each([LAST_KNOWN + 1, 512, 1000, X32 - 1])(
    'reports call %i, which is newer than its tables, as missing',
    (number) => {
      expect(on(number)).toBe(VERDICT.unknown);
    },
  );

  test.each([
    ['a 32-bit call', AUDIT_I386],
    ['a call of the other architecture', AUDIT[architecture === 'x64' ? 'arm64' : 'x64']],
    ['an architecture of zeros', 0],
  ])('kills at %s, whatever its number', (_, other) => {
    for (const number of [0, 1, 59, 221, 5000, X32]) expect(verdict(program, other, number)).toBe(VERDICT.killProcess);
  });
});

test('the x32 table of x86-64 does not bypass it: it kills', () => {
  const program = seccompFilter('x64');
  for (const number of [0, 41, 56, 512, 547]) {
    expect(verdict(program, AUDIT.x64, X32 | number)).toBe(VERDICT.killProcess);
    expect(verdict(program, AUDIT.x64, (X32 | number | 0x80000000) >>> 0)).toBe(VERDICT.killProcess);
  }
});

test('a jump that is too far is refused when the program is made', () => {
  expect(() => jump('equal', 0, 256, 0)).toThrow(RangeError);
});

/** Written a second time, from the manual pages, so that a mistake in the tables shows here. */
const NEEDED: Record<string, Record<Architecture, number>> = {
  read: { x64: 0, arm64: 63 },
  write: { x64: 1, arm64: 64 },
  writev: { x64: 20, arm64: 66 },
  openat: { x64: 257, arm64: 56 },
  mmap: { x64: 9, arm64: 222 },
  mprotect: { x64: 10, arm64: 226 },
  madvise: { x64: 28, arm64: 233 },
  futex: { x64: 202, arm64: 98 },
  execve: { x64: 59, arm64: 221 },
  prctl: { x64: 157, arm64: 167 },
  prlimit64: { x64: 302, arm64: 261 },
  getsockopt: { x64: 55, arm64: 209 },
  getsockname: { x64: 51, arm64: 204 },
  getrandom: { x64: 318, arm64: 278 },
  epoll_pwait: { x64: 281, arm64: 22 },
  rt_sigaction: { x64: 13, arm64: 134 },
  rseq: { x64: 334, arm64: 293 },
  membarrier: { x64: 324, arm64: 283 },
  sched_getaffinity: { x64: 204, arm64: 123 },
  exit_group: { x64: 231, arm64: 94 },
};
