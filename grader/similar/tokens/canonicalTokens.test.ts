import { describe, expect, test } from '@jest/globals';
import { canonicalTokens } from './canonicalTokens.ts';

/** As one text for each function, in any order. */
const formOf = (text: string): string[] =>
  canonicalTokens(text)
    .map((unit) => unit.map((token) => token.text).join(' '))
    .sort();

describe('the same form', () => {
  const cases: [what: string, one: string, other: string][] = [
    ['other names', 'let a = 0; a += f(b);', 'let total = 0; total += f(b);'],
    ['no types', 'function f(a: number): void { g(a as any, a!, <T>a); }', 'function f(a) { g(a, a, a); }'],
    ['comments', '/** b */ f(); // c', 'f()'],
    ['while for for', 'for (let i = 0; i < n; i++) s += a[i];', 'let i = 0; while (i < n) { s += a[i]; i++; }'],
    ['do for while', 'while (f(a)) g(a);', 'do { g(a) } while (f(a));'],
    ['forEach for for-of', 'for (const x of xs) g(x);', 'xs.forEach((x) => { g(x); });'],
    ['steps', 'for (let i = 0; i < n; i++) f(i);', 'for (let i = 0; i < n; i = i + 1) f(i);'],
    [
      'functions in another order',
      'function f() { a(1); } function g() { b(2); }',
      'function g() { b(2); } function f() { a(1); }',
    ],
    ['methods in another order', 'class A { x() { a(1); } y() { b(2); } }', 'class A { y() { b(2); } x() { a(1); } }'],
    [
      'statements in another order',
      'const a = f(1); const b = g(2); h(a, b, a, b);',
      'const b = g(2); const a = f(1); h(a, b, a, b);',
    ],
    ['operands', 'f(a * b + c, x === y);', 'f(c + b * a, y === x);'],
    ['comparisons', 'if (a < b) f();', 'if (b > a) f();'],
    ['negated conditions', 'if (a < b && c < d) f();', 'if (!(a >= b || d <= c)) f();'],
    ['going on', 'for (const x of xs) { if (x < 0) continue; f(x); }', 'for (const x of xs) { if (x >= 0) { f(x); } }'],
    ['branches', 'if (a < b) { f(); } else { g(); }', 'if (a >= b) g(); else f();'],
    ['a choice', 'a < b ? f() : g();', 'if (a < b) { f(); } else g();'],
    [
      'destructuring',
      'const { InY, InX } = this.geometry; f(InY * InX);',
      'const g = this.geometry; f(g.InY * g.InX);',
    ],
    ['renamed properties', 'const { InY, InX } = g; f(InY * InX);', 'const { InY: h, InX: w } = g; f(h * w);'],
    ['constants used once', 'const row = a * b; f(row + c);', 'f(a * b + c);'],
    ['constants never used', 'f(a);', 'const nothing = 5; f(a);'],
    ['two at once', 'const [a, b] = [f(1), f(2)]; g(a, b, a, b);', 'const a = f(1); const b = f(2); g(a, b, a, b);'],
    ['output', 'f(a);', 'console.log("here"); f(a);'],
    ['an arrow', 'const f = (x: number) => g(x);', 'function f(x) { return g(x); }'],
    ['exported values', 'export const a = f(1);', 'const a = f(1); export { a };'],
    ['rounding', 'f(Math.floor(a / b));', 'f((a / b) | 0);'],
    ['renamed imports', "import { gemm } from 'nn'; gemm(1);", "import { gemm as g } from 'nn'; g(1);"],
    [
      'private members',
      'class A { #sum() { return 1; } f() { this.#sum(); } }',
      'class A { total() { return 1; } f() { this.total(); } }',
    ],
  ];
  test.each(cases)('%s', (_, one, other) => expect(formOf(one)).toEqual(formOf(other)));
});

describe('another form', () => {
  const cases: [what: string, one: string, other: string][] = [
    ['other properties', 'f(g.InY);', 'f(g.InX);'],
    ['other functions of others', 'a.fill(0);', 'a.set(0);'],
    ['other operators', 'f(a + b);', 'f(a - b);'],
    ['operands of a difference', 'f(x.a - x.b);', 'f(x.b - x.a);'],
    ['numbers', 'f(1);', 'f(2);'],
    ['short words', "gemm('N');", "gemm('T');"],
  ];
  test.each(cases)('%s', (_, one, other) => expect(formOf(one)).not.toEqual(formOf(other)));
});

describe('a hostile source', () => {
  test.each([
    ['deep brackets', `x = ${'('.repeat(1e5)}${')'.repeat(1e5)}`],
    ['names that stand for each other', 'const a = b; const b = a; f(a);'],
    ['a long path', `x = a${'[0].b'.repeat(1e5)}`],
  ])('%s ends in an error that is expected', (_, text) => {
    try {
      canonicalTokens(text);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  });

  test('a megabyte on one line is read', () => {
    const tokens = canonicalTokens(`f(${'a, '.repeat(300_000)}a);`);
    expect(tokens.flat().length).toBe(300_003);
  });

  test('constants that double each other are read in no time', () => {
    const lines = Array.from({ length: 100 }, (_, n) => `const a${n + 1} = a${n} + a${n};`);
    expect(canonicalTokens(`const a0 = f(1); ${lines.join(' ')} f(a100);`).flat().length).toBeLessThan(1000);
  });

  test('names of Object.prototype are names like others', () =>
    expect(formOf('const constructor = f(1), __proto__ = 2; g(constructor, __proto__, constructor);')).toEqual(
      formOf('const a = f(1), b = 2; g(a, b, a);'),
    ));
});
