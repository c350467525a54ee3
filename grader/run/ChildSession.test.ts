import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import { findSandbox, reducedSandbox } from '../isolation/findSandbox.ts';
import { descendantsOf } from '../isolation/processTree.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { SubmissionFault } from '../model/examination.ts';
import { AVAILABLE } from '../../skeleton/handout/src/realm/globals.ts';
import { assignmentOf, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { ChildSession } from './ChildSession.ts';
import { fillRandom, randomIndices } from './fillRandom.ts';

const LIMITS = { loadSeconds: 2, callSeconds: 1, memoryMiB: 256 };
const programs = await runtimeBundles(ROOT, assignmentOf('conv2d-gemm'));
const sandbox = await findSandbox(ROOT);
const sessions: ChildSession[] = [];
afterAll(() => sessions.forEach((session) => session.close()));

/** A process with one function, given as source. */
async function running(body: string, before = ''): Promise<ChildSession> {
  const bundle = `"use strict"; var submission = (() => { let allocate; ${before}; return { entry: { f: function ({ options, inputs, outputs, team }) { ${body} } }, useRuntime(runtime) { ({ allocate } = runtime); } }; })();`;
  const session = await ChildSession.open(
    { sandbox, programs, limits: LIMITS, gemm: { kind: 'wasm', files: [] } },
    new TextEncoder().encode(bundle),
  );
  sessions.push(session);
  return session;
}

const call = (inputs: Float64Array[] = [], outputs = 1) => ({
  name: 'f',
  options: { factor: 2 },
  inputs,
  outputs: [{ dtype: 'float64' as const, length: outputs }],
});

const faultOf = (work: Promise<unknown>): Promise<SubmissionFault> =>
  work.then(
    () => Promise.reject(new Error('no fault')),
    (fault: SubmissionFault) => fault,
  );

describe.each([
  ['in one step', false],
  ['prepared first, to be timed', true],
])('values of a call %s', (_, isTimed) => {
  test('go in and come back, of any length', async () => {
    const session = await running(
      'for (let i = 0; i < inputs[0].length; i++) outputs[0][i] = options.factor * inputs[0][i];',
    );
    for (const length of [0, 1, 3, 1000, 300_000]) {
      const values = Float64Array.from({ length }, (_, i) => i - 0.5);
      const { outputs, seconds } = await session.call({ ...call([values], length), isTimed });
      expect(outputs[0]).toEqual(values.map((value) => 2 * value));
      expect(seconds).toBeGreaterThan(0);
    }
  });

  test('inputs come back as they are after the call, if asked for', async () => {
    const session = await running('inputs[0][0] = 7;');
    const given = Float64Array.of(1, 2);
    const { inputs } = await session.call({ ...call([given]), returnInputs: true, isTimed });
    expect([...inputs[0]]).toEqual([7, 2]);
    expect([...given]).toEqual([1, 2]);
  });

  test('outputs are passed as zeros or as garbage, never with previous contents', async () => {
    const session = await running('if (options.write) outputs[0].fill(5);');
    const read = async (fill: 'zero' | 'garbage') => [
      ...(await session.call({ ...call(), isTimed, options: {}, outputs: [{ dtype: 'float64', length: 2, fill }] }))
        .outputs[0],
    ];
    await session.call({ ...call([], 2), isTimed, options: { write: true } });
    expect(await read('zero')).toEqual([0, 0]);
    expect(await read('garbage')).toEqual([NaN, NaN]);
  });
});

describe('a timed call whose inputs the process makes', () => {
  const NAME = 'a seed that nobody guesses';
  const random = (seed: string, length: number): Float64Array => {
    const values = new Float64Array(length);
    fillRandom(new Uint8Array(values.buffer), { seed, values: 'real' });
    return values;
  };

  test.each([1, 2])('finds them between those that were sent, with a team of %i', async (team) => {
    const session = await running('inputs.forEach((input, i) => { if (team.rank === 0) outputs[i].set(input); });');
    const inputs = [new Float64Array(3), Float64Array.of(1, 2), new Float64Array(5), Float64Array.of(3)];
    const outputs = inputs.map(({ length }) => ({ dtype: 'float64' as const, length }));
    const randomInputs = { 0: { seed: 'first', values: 'real' }, 2: { seed: 'second', values: 'real' } } as const;
    const timed = { name: 'f', options: {}, inputs, outputs, randomInputs, team, isTimed: true };
    const { outputs: got } = await session.call(timed);
    expect(got).toEqual([random('first', 3), Float64Array.of(1, 2), random('second', 5), Float64Array.of(3)]);
  });

  test('returns the elements that are asked for, the same ones for the same seed', async () => {
    const session = await running('for (let i = 0; i < outputs[0].length; i++) outputs[0][i] = i;');
    const look = async (seed: string, most: number) =>
      (await session.call({ ...call([], 10_000), isTimed: true, returned: { seed, most } })).outputs[0];
    expect(await look('a', 0)).toHaveLength(0);
    expect(await look('a', 20_000)).toEqual(Float64Array.from({ length: 10_000 }, (_, i) => i));
    expect([...(await look('a', 50))]).toEqual([...randomIndices('a 0', 50, 10_000)]);
    expect(await look('a', 50)).not.toEqual(await look('b', 50));
  });

  test('the seeds are nowhere in what a submission sees', async () => {
    const session = await running(`
      const bytes = new Uint8Array(inputs[0].buffer);
      const name = [...'${NAME.slice(0, 12)}'].map((letter) => letter.charCodeAt(0));
      const seen = JSON.stringify({ options, given: Object.keys(arguments[0]) });
      for (let at = 0; at < 1e6; at++) if (name.every((code, i) => bytes[at + i] === code)) return 'in memory';
      return seen;
    `);
    const randomInputs = { 0: { seed: NAME, values: 'real' } } as const;
    const given = { ...call([new Float64Array(4)]), randomInputs, returned: { seed: NAME, most: 1 }, isTimed: true };
    const { text } = await session.call(given);
    expect(text).toBe('{"options":{"factor":2},"given":["options","inputs","outputs","team"]}');
  });
});

describe('a busy or paused machine is not blamed on the submission', () => {
  test('a load that has answered is not late, however long the grader was busy', async () => {
    const opened = running('outputs[0][0] = 1;');
    const until = performance.now() + 1500 * LIMITS.loadSeconds;
    while (performance.now() < until);
    expect([...(await (await opened).call(call())).outputs[0]]).toEqual([1]);
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;

  onLinux('nor is a process that was stopped for longer than its deadline', async () => {
    const before = new Set(descendantsOf(process.pid));
    const opened = running('outputs[0][0] = 1;');
    const session = await pausedFor(1.5 * LIMITS.loadSeconds, before, opened);
    const answer = session.call(call([], 200_000));
    expect((await pausedFor(1.5 * LIMITS.callSeconds, before, answer)).outputs[0]).toHaveLength(200_000);
  });

  /** Pauses the processes that are not among `before` for a while; returns the result of `work`. */
  async function pausedFor<T>(seconds: number, before: ReadonlySet<number>, work: Promise<T>): Promise<T> {
    const started = descendantsOf(process.pid).filter((pid) => !before.has(pid));
    expect(started).not.toEqual([]);
    for (const pid of started) process.kill(pid, 'SIGSTOP');
    await sleep(seconds * 1000);
    for (const pid of started) process.kill(pid, 'SIGCONT');
    return work;
  }
});

describe('faults', () => {
  test.each([
    ['an exception', "throw new TypeError('oh no');", 'threw', /^TypeError: oh no$/],
    [
      'a stub',
      "const e = new Error('Im2Mat is not written yet'); e.name = 'NotImplementedError'; throw e;",
      'not-implemented',
      /^Im2Mat is not written yet$/,
    ],
    [
      'a promise',
      'return Promise.resolve();',
      'returned-something',
      /a Promise: the function must do its work before it returns/,
    ],
    ['an array', 'return new Float64Array(3);', 'returned-something', /Float64Array of length 3/],
    ['an endless loop', 'for (;;);', 'timed-out', /did not finish within 1 s/],
    [
      'an exception that throws when it is read',
      'throw new Proxy({}, { get() { throw 1; } });',
      'threw',
      /cannot be printed/,
    ],
    [
      'a global that is there at home',
      'structuredClone({});',
      'threw',
      /^ReferenceError: structuredClone is not available when graded$/,
    ],
    ['a name that is nobody’s', 'nowhere();', 'threw', /^ReferenceError: nowhere is not defined$/],
    ['an exception of a megabyte', "throw new Error('x'.repeat(1e6));", 'threw', /^Error: x{400,}…$/],
    ['terminal escapes', "throw new Error('\\u001b[2J PASS \\u202e');", 'threw', /^Error: {1,2}\[2J PASS$/],
  ])('%s', async (_, body, kind, message) => {
    const session = await running(body);
    const fault = await faultOf(session.call(call()));
    expect(fault).toMatchObject({ kind });
    expect(fault.message).toMatch(message);
  });

  test.each([false, true])('after an exception the process still answers (timed: %s)', async (isTimed) => {
    const session = await running("if (options.factor === 2) throw new Error('once'); outputs[0][0] = 1;");
    await faultOf(session.call({ ...call(), isTimed }));
    expect([...(await session.call({ ...call(), isTimed, options: {} })).outputs[0]]).toEqual([1]);
  });

  test('a heap that grows without end is out of memory, and only its own process dies', async () => {
    const session = await running('const all = []; for (;;) all.push(new Array(1e5).fill(all.length));');
    expect(['out-of-memory', 'timed-out', 'crashed']).toContain(
      (await faultOf(session.call({ ...call(), deadlineSeconds: 10 }))).kind,
    );
  });
});

describe('a sandbox that does not start', () => {
  const gone = '/no/such/file';
  const broken: [string, Sandbox][] = [['a missing limiter', { ...reducedSandbox(ROOT), prlimit: gone }]];
  if (sandbox.tier === 'strict') {
    broken.push(['a missing bubblewrap', { ...sandbox, bwrap: gone }]);
    broken.push(['a missing library', { ...sandbox, libraries: [gone] }]);
  }

  test.each(broken)('%s is not a fault of the submission', async (_, where) => {
    const settings = { sandbox: where, programs, limits: LIMITS, gemm: { kind: 'wasm', files: [] } } as const;
    const fault = await faultOf(ChildSession.open(settings, new Uint8Array(8)));
    expect(fault.name).toBe('SandboxFailure');
    expect(fault.message).toMatch(/the sandbox could not be started: .*\/no\/such\/file/);
  });
});

describe('a team', () => {
  const together = (size: number) => ({ ...call([], size), team: size });

  test('of any size runs the function on the same arrays', async () => {
    const session = await running('outputs[0][team.rank] = team.rank + 1; team.barrier();');
    for (const size of [2, 1, 4, 3]) {
      const { outputs } = await session.call(together(size));
      expect([...outputs[0]]).toEqual(Array.from({ length: size }, (_, rank) => rank + 1));
    }
  });

  test.each([0, 1])('sees what a late rank %i did before the barrier', async (late) => {
    const session = await running(
      'outputs[0][team.rank] = 1; team.barrier(); const other = outputs[0][1 - team.rank]; team.barrier(); outputs[0][team.rank] += other;',
    );
    expect([...(await session.call({ ...together(2), straggler: late })).outputs[0]]).toEqual([2, 2]);
  });

  test('works in turns, in the order of the ranks, if requested', async () => {
    // Each member records what the others have done by the end of a stretch of work that takes a while.
    const session = await running(
      'let busy = 0; for (let turn = 0; turn < 2; turn++) { for (let i = 0; i < 3e5; i++) busy += i; ' +
        'const before = team.rank === 0 ? outputs[0][2] : outputs[0][team.rank - 1]; ' +
        'outputs[0][team.rank] = before + 1; team.barrier(); } if (busy < 0) throw busy;',
    );
    for (let i = 0; i < 3; i++)
      expect([...(await session.call({ ...together(3), inTurns: true })).outputs[0]]).toEqual([4, 5, 6]);
  });

  test('in turns ends with the exception of a member, and with a member that does not reach a barrier', async () => {
    const thrown = await running("if (team.rank === 1) throw new TypeError('oh no'); team.barrier();");
    expect(await faultOf(thrown.call({ ...together(3), inTurns: true }))).toMatchObject({
      kind: 'threw',
      message: expect.stringContaining('oh no'),
    });
    const unequal = await running('if (team.rank !== 1) team.barrier();');
    expect(await faultOf(unequal.call({ ...together(3), inTurns: true }))).toMatchObject({ kind: 'unequal-barriers' });
  });

  test('in turns, has recorded which member wrote each number of its heap last', async () => {
    const session = await running(
      'const [first, second] = [allocate(Float64Array, 3), allocate(Float64Array, 8)]; ' +
        'first[team.rank] = 1; second.fill(team.rank); team.barrier(); ' +
        'if (team.rank === 0) { first[0] = 2; first[1] = 1; second[7] = NaN; }',
    );
    for (let i = 0; i < 2; i++) {
      const { heap, outputs } = await session.call({ ...together(2), isTimed: true, recordsWriters: 17 });
      expect([...heap!.numbers]).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, NaN, 0]);
      expect([...heap!.writers]).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 1, 0]);
      expect(outputs).toHaveLength(1);
      expect((await session.call(together(2))).heap).toBeUndefined();
      expect([...(await session.call({ ...together(1), isTimed: true, recordsWriters: 2 })).heap!.numbers]).toEqual([
        2, 1,
      ]);
    }
  });

  test('recorded, ends with the exception of a member, and works again', async () => {
    const session = await running("if (team.rank === options.factor) throw new TypeError('oh no'); team.barrier();");
    for (const factor of [1, 0]) {
      const recorded = { ...together(2), options: { factor }, isTimed: true, recordsWriters: 8 };
      expect(await faultOf(session.call(recorded))).toMatchObject({
        kind: 'threw',
        message: `rank ${factor}: TypeError: oh no`,
      });
      expect((await session.call({ ...recorded, options: { factor: 2 } })).heap?.writers).toHaveLength(8);
    }
  });

  test('kept apart, sees what others have written after a barrier only', async () => {
    const session = await running(
      'outputs[0][team.rank] = 1; const early = outputs[0][0]; team.barrier(); outputs[0][team.rank] += 10 * early + outputs[0][0];',
    );
    const apart = { ...together(3), isApart: true };
    expect([...(await session.call(apart)).outputs[0]]).toEqual([12, 2, 2]);
  });

  test('kept apart, may reduce, and write the same number twice', async () => {
    const session = await running(
      'outputs[0].fill(team.size); team.barrier(); const all = new Float64Array(outputs[0].length); ' +
        'team.reduce(all.map((_, i) => i + team.rank), outputs[0]);',
    );
    expect([...(await session.call({ ...together(3), isApart: true })).outputs[0]]).toEqual([3, 6, 9]);
  });

  test.each(['', 'team.barrier();', 'try { team.barrier(); } catch {}'])(
    'kept apart, has a race if two members add to one element: %s',
    async (barrier) => {
      const session = await running(`outputs[0][1] += 1 + team.rank; ${barrier}`);
      expect(await faultOf(session.call({ ...together(3), isApart: true }))).toMatchObject({
        kind: 'racing-writes',
        message: expect.stringContaining('element 1 of output 0'),
      });
      expect([...(await session.call({ ...together(3), team: 1 })).outputs[0]][1]).toBe(1);
    },
  );

  test('that does not wait is caught by a late rank', async () => {
    const session = await running(
      'outputs[0][team.rank] = 1; const other = outputs[0][1 - team.rank]; team.barrier(); outputs[0][team.rank] += other;',
    );
    expect([...(await session.call({ ...together(2), straggler: 1 })).outputs[0]]).toEqual([1, 2]);
  });

  test.each([0, 1])('ends with the exception of rank %i, and works again', async (rank) => {
    const session = await running(
      `if (team.rank === ${rank} && options.factor === 2) throw new TypeError('oh no'); team.barrier(); outputs[0][team.rank] = 1;`,
    );
    expect(await faultOf(session.call(together(2)))).toMatchObject({
      kind: 'threw',
      message: `rank ${rank}: TypeError: oh no`,
    });
    expect([...(await session.call({ ...together(2), options: {} })).outputs[0]]).toEqual([1, 1]);
  });

  test('whose other member runs forever still ends with the exception', async () => {
    const session = await running(
      "if (options.factor !== 2) { outputs[0][team.rank] = 1; return; } if (team.rank === 1) throw new Error('oh no'); for (;;);",
    );
    expect((await faultOf(session.call(together(2)))).message).toBe('rank 1: Error: oh no');
    expect([...(await session.call({ ...together(2), options: {} })).outputs[0]]).toEqual([1, 1]);
  });

  test('whose barriers do not match gets that message, and is not waited for', async () => {
    const session = await running('team.barrier(); if (team.rank === 0) team.barrier();');
    expect(await faultOf(session.call(together(2)))).toMatchObject({
      kind: 'unequal-barriers',
      message: expect.stringMatching(/rank 0 reached 2, rank 1 reached 1/),
    });
  });

  test('in which one hangs ends at the deadline, rank by rank', async () => {
    const session = await running('if (team.rank === 1) for (;;); team.barrier();');
    expect(await faultOf(session.call(together(2)))).toMatchObject({
      kind: 'timed-out',
      message: 'did not finish within 1 s: rank 0 waits at its barrier 1, rank 1 is still at work',
    });
  });
});

describe('the realm of the submission', () => {
  test('has the globals that a deliverable may use at home, and no other', async () => {
    const session = await running('return Object.getOwnPropertyNames(globalThis).join(" ");');
    const { text } = await session.call(call());
    // Of the newest, an older Node has none.
    const available = [...AVAILABLE].filter((name) => name in globalThis);
    // The name in which a bundle leaves its exports.
    expect(
      text!
        .split(' ')
        .filter((name) => name !== 'submission')
        .sort(),
    ).toEqual(available.sort());
  });

  test('has a console whose methods do nothing and may be replaced', async () => {
    const methods =
      'assert clear count countReset debug dir dirxml error group groupCollapsed groupEnd info log table time timeEnd timeLog trace warn';
    const session = await running(
      `for (const name of '${methods}'.split(' ')) console[name](false, '%s', [{}]); console.log = () => 'own'; return console.log();`,
    );
    expect((await session.call(call())).text).toBe('own');
  });

  test.each([
    ['code from strings', 'new Function("return 1")();'],
    ['the function constructor', '(() => {}).constructor.constructor("return process")();'],
    ['eval', '(0, eval)("1");'],
  ])('refuses %s', async (_, body) => {
    const session = await running(body);
    expect((await faultOf(session.call(call()))).message).toMatch(/EvalError|eval is not available when graded/);
  });

  test('cannot import', async () => {
    const session = await running(
      'import("node:fs").then((fs) => { globalThis.fs = fs; }, (e) => { globalThis.why = e; }); outputs[0][0] = 1;',
    );
    await session.call(call());
    expect([...(await session.call(call())).outputs[0]]).toEqual([1]);
  });

  test('runs nothing between two calls', async () => {
    const session = await running(
      'outputs[0][0] = count; Promise.resolve().then(() => { count++; });',
      'let count = 0',
    );
    await session.call(call());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([...(await session.call(call())).outputs[0]]).toEqual([0]);
  });

  test('may patch anything: the jail has captured its own functions first', async () => {
    const patches =
      'Array.prototype.map = () => []; Atomics.wait = () => "x"; JSON.parse = () => null; Reflect.apply = () => 0; Uint8Array.prototype.slice = () => 0; Object.prototype.then = 1';
    const session = await running('outputs[0][0] = 3;', patches);
    expect([...(await session.call(call())).outputs[0]]).toEqual([3]);
  });
});
