import { describe, expect, test } from '@jest/globals';
import { mutantsOf } from './mutantsOf.ts';
import { habitsOf } from './operators/habits.ts';

/** The changed lines of the mutants that an operator makes of a function with this body. */
const changesOf = (operator: string, ...body: string[]): string[] =>
  mutantsOf(['export function f() {', ...body, '}'].join('\n'))
    .filter((mutant) => mutant.operator === operator)
    .map(({ becomes }) => becomes);

const LOOP = 'for (let i = 0; i < n; i++) a[i * S + i] += b[i];';

describe('general operators', () => {
  test.each([
    ['condition', 'if (a < b) g();', ['if (true) g();', 'if (false) g();', 'if (a <= b) g();']],
    ['condition', 'g(a && !b);', ['g(a || !b);']],
    [
      'bound',
      'for (let i = 0; i < n; i++) g();',
      ['for (let i = 0; i < (n) + 1; i++) g();', 'for (let i = 0; i < (n) - 1; i++) g();'],
    ],
    ['bound', 'a.subarray(n);', ['a.subarray((n) + 1);', 'a.subarray((n) - 1);']],
    ['arithmetic', 'g(a + -b % c);', ['g(a - -b % c);', 'g(a + -b * c);', 'g(a + b % c);']],
    ['arithmetic', 'g(Math.max(a, b));', ['g(Math.min(a, b));']],
    ['statement', 'g();', [';']],
    ['statement', 'for (;;) { if (a) break; }', ['for (;;) { if (a) ; }']],
    ['constant', 'g(7, true);', ['g(8, true);', 'g(6, true);', 'g(7, false);']],
  ])('%s: %s', (operator, body, expected) => expect(changesOf(operator, body)).toEqual(expected));
});

describe('operators of the field', () => {
  test.each([
    ['axes swapped', 'const [InY, InX] = s; g(InY);', ['const [InY, InX] = s; g(InX);']],
    ['axes swapped', 'g(InY);', []],
    [
      'stride or padding',
      'g(oy * Sy - Py);',
      ['g(oy * 1 - Py);', 'g(oy * Py - Py);', 'g(oy * Sy - 0);', 'g(oy * Sy - Sy);'],
    ],
    ['flipped', 'for (let i = 0; i < n; i++) g(i);', ['for (let i = 0; i < n; i++) g((n - 1 - i));']],
    ['flipped', 'g(flip(w, [3, 4]));', ['g(w);']],
    ['accumulate', 'a[0] += b;', ['a[0] = b;']],
    ['accumulate', 'a[0] = b;', ['a[0] += b;']],
    [
      'mean for sum',
      'let sum = 0; for (let i = 0; i < n; i++) sum += b[i]; a[0] = sum;',
      ['let sum = 0; for (let i = 0; i < n; i++) sum += b[i]; a[0] = sum / (n);'],
    ],
    ['transposed', "gemm('N', 'T', a);", ["gemm('T', 'T', a);", "gemm('N', 'N', a);"]],
    ['transposed', 'g(matmul(a, b));', ['g(matmul(b, a));']],
    ['transposed', 'a[row * K + k] = 1;', ['a[(k) * K + (row)] = 1;']],
    ['first only', LOOP, ['for (let i = 0; i < Math.min(0 + 1, n); i++) a[i * S + i] += b[i];']],
    ['remainder', LOOP, ['for (let i = 0; i < n - (n - 0) % 4; i++) a[i * S + i] += b[i];']],
    ['precision', 'a[0] = b;', ['a[0] = Math.fround(b);']],
    ['narrow index', 'g(a[x + y]);', ['g(a[(x + y) & 0xff]);', 'g(a[(x + y) & 0xffff]);']],
    [
      'kept between calls',
      'g(new Real(n));',
      ['g((keptBetweenCalls ??= new Real(n)));', 'g((keptBetweenCalls[JSON.stringify(n)] ??= new Real(n)));'],
    ],
  ])('%s: %s', (operator, body, expected) => expect(changesOf(operator, body)).toEqual(expected));

  test('a share of a team loses or doubles rows, and a reduction is missing or races', () => {
    expect(changesOf('share', 'const s = team.share(n);')).toHaveLength(5);
    expect(changesOf('reduction', 'team.reduce(part, sum);')).toHaveLength(4);
  });
});

test('types, messages and imports are left as they are, and no mutant is made twice', () => {
  expect(
    mutantsOf("import { a } from 'a';\ntype T = 1 | 2;\nexport const f = (b: 3): string => `${b + 1}`;\n"),
  ).toEqual([]);
  const programs = mutantsOf(`export function f(a, n, S, b) {\n${LOOP}\n}`).map(({ text }) => text);
  expect(new Set(programs).size).toBe(programs.length);
});

test('a mutant names its function and its line', () => {
  const [first] = mutantsOf('export class Layer {\n  forward() {\n    g();\n  }\n}\n');
  expect(first).toMatchObject({ operator: 'statement', inside: 'forward', line: 3, was: 'g();', becomes: ';' });
});

describe('habits of a function', () => {
  /** What calls of a mutant return, one after another. */
  const results = (text: string, calls: readonly (readonly unknown[])[]): unknown[] => {
    const f = new Function(`${text.replaceAll(/export |: any|as any|: number\[\]|: number/gu, '')}\nreturn f;`)() as (
      ...args: readonly unknown[]
    ) => unknown;
    return calls.map((args) => f(...args));
  };
  const about = { file: 'f.ts', inside: 'f', ignores: {}, remembersBy: {}, outputs: [] };
  const mutantOf = (source: string, habits: object) =>
    mutantsOf(source, habitsOf([{ ...about, ...habits }], 'f.ts')).find(({ operator }) =>
      ['some sizes only', 'memo', 'first shape kept'].includes(operator),
    )!.text;

  test('it ignores some calls', () => {
    const text = mutantOf('export function f(n: number) { return n; }', { ignores: { 'large ones': 'n > 4' } });
    expect(results(text, [[4], [5]])).toEqual([4, undefined]);
  });

  test('it remembers results that it returns', () => {
    const text = mutantOf('export function f(a: number[]) { return a[0]; }', { remembersBy: { length: 'a.length' } });
    expect(results(text, [[[1]], [[2]], [[3, 3]]])).toEqual([1, 1, 3]);
  });

  test('it remembers results that it fills in', () => {
    const text = mutantOf('export function f(a: number, to: number[]) { to[0] = a; }', {
      remembersBy: { nothing: '0' },
      outputs: ['to'],
    });
    const [first, second] = [new Float64Array(1), new Float64Array(1)];
    results(text, [
      [1, first],
      [2, second],
    ]);
    expect([...first, ...second]).toEqual([1, 1]);
  });

  test('it keeps the first call’s shape', () => {
    const text = mutantOf('export function f(n: number) { return n; }', { keepsFirst: 'n = (kept ??= n);' });
    expect(results(text, [[4], [5]])).toEqual([4, 4]);
  });
});
