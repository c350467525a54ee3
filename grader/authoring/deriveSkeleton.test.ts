import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deriveSkeleton } from './deriveSkeleton.ts';

const BEGIN = '// BEGIN SOLUTION';
const END = '// END SOLUTION';

const derived = (...lines: readonly string[]): string[] => deriveSkeleton(`${lines.join('\n')}\n`, 'a.ts').split('\n');

test('a body becomes a stub with the name and the question; signature, comment and what is given stay', () => {
  expect(
    derived(
      "import type { Real } from '@im2grade/nn';",
      '',
      '/** Doubles. */',
      'export function twice(x: Real): void {',
      '  const n = x.length;',
      `  ${BEGIN} question 3`,
      '  for (let i = 0; i < n; i++) x[i] *= 2;',
      `  ${END}`,
      '}',
    ),
  ).toEqual([
    "import { NotImplementedError, type Real } from '@im2grade/nn';",
    '',
    '/** Doubles. */',
    'export function twice(x: Real): void {',
    '  const n = x.length;',
    "  throw new NotImplementedError('twice', 'question 3');",
    '}',
    '',
  ]);
});

test('what is enclosed outside of functions is left out, and of a second part in a function too', () => {
  expect(
    derived(
      BEGIN,
      'const helper = 2;',
      END,
      '',
      'class Layer {',
      '  forward(): number {',
      `    ${BEGIN}`,
      '    const a = helper;',
      `    ${END}`,
      '    // add them',
      `    ${BEGIN}`,
      '    return a + a;',
      `    ${END}`,
      '  }',
      '}',
      'const one = (): number => {',
      `  ${BEGIN}`,
      '  return 1;',
      `  ${END}`,
      '};',
    ),
  ).toEqual([
    "import { NotImplementedError } from '@im2grade/nn';",
    '',
    'class Layer {',
    '  forward(): number {',
    "    throw new NotImplementedError('Layer.forward', 'task 1');",
    '    // add them',
    '  }',
    '}',
    'const one = (): number => {',
    "  throw new NotImplementedError('one', 'task 2');",
    '};',
    '',
  ]);
});

/** The functions that the stubs name, in their order. */
const stubsOf = (...lines: readonly string[]): string[] =>
  [
    ...derived(...lines)
      .join('\n')
      .matchAll(/NotImplementedError\('(.*)', 'task/gu),
  ].map(([, name]) => name);

test('whatever kind of function is around a part, it becomes a stub', () => {
  const body = (head: string, end = '}'): string[] => [`${head} {`, BEGIN, 'secret();', END, end];
  const members = [
    ...body('constructor()'),
    ...body('get size(): number'),
    ...body('static of(): Layer'),
    ...body('#own(): void'),
    ...body("'a name'(): void"),
    ...body('[Symbol.iterator](): void'),
    ...body('later = (): void =>', '};'),
  ];
  const names = ['constructor', 'size', 'of', '#own', 'a name'].map((name) => `Layer.${name}`);
  expect(stubsOf('export class Layer {', ...members, '}')).toEqual([...names, 'Layer', 'Layer.later']);
  expect(stubsOf('const Layer = class {', ...body('run(): void'), '};')).toEqual(['Layer.run']);
  expect(stubsOf('const all = {', ...body('one(): void', '},'), ...body('two: () =>', '},'), '};')).toEqual([
    'all.one',
    'all.two',
  ]);
  expect(stubsOf(...body('export default function ()'))).toEqual(['default']);
  expect(
    stubsOf('function outer(): void {', ...body('list.forEach(() =>', '});'), ...body('each(() =>', '});'), '}'),
  ).toEqual(['outer', 'outer']);
});

test.each([
  ["import * as nn from '@im2grade/nn';", "import { NotImplementedError } from '@im2grade/nn';\nimport * as nn from"],
  ["import { NotImplementedError, gemm } from '@im2grade/nn';", "import { NotImplementedError, gemm } from '@im2grade"],
  ["import type { NotImplementedError, Real } from '@im2grade/nn';", 'import { NotImplementedError, type Real } from'],
  ["import '@im2grade/nn';", "import { NotImplementedError } from '@im2grade/nn';\nimport '@im2grade/nn';"],
  ['#!/usr/bin/env node', "#!/usr/bin/env node\nimport { NotImplementedError } from '@im2grade/nn';"],
])('%s: the error of the stubs is imported beside it', (line, expected) => {
  const text = derived(line, 'export function f(): void {', BEGIN, END, '}').join('\n');
  expect(text.slice(0, expected.length)).toBe(expected);
  expect(text.match(/import [^;]*\bNotImplementedError\b/gu)).toHaveLength(1);
});

describe('markers that do not fit', () => {
  test.each([
    [[BEGIN], 'a.ts:1: BEGIN SOLUTION without an END SOLUTION after it'],
    [['f();', END], 'a.ts:2: END SOLUTION without a BEGIN SOLUTION before it'],
    [[BEGIN, BEGIN, END], 'a.ts:2: BEGIN SOLUTION inside of that in line 1'],
    [['f();'], 'a.ts: no function has anything between // BEGIN SOLUTION and // END SOLUTION'],
    [
      ['function f(): void {', BEGIN, '  if (true) {', END, '  }', '}'],
      'a.ts:2: enclose whole statements with BEGIN and END SOLUTION',
    ],
    [
      ['// begin solution', 'f();', END],
      'a.ts:1: write // BEGIN SOLUTION and // END SOLUTION, each on a line of its own',
    ],
    [[`f(); ${BEGIN}`, END], 'a.ts:1: write // BEGIN SOLUTION and // END SOLUTION, each on a line of its own'],
    [['// SOLUTION BEGIN', 'f();', '// SOLUTION END'], 'a.ts:1: write // BEGIN SOLUTION and // END SOLUTION'],
    [
      ['function f(): void {', BEGIN, '}', 'function g(): void {', END, '}'],
      'a.ts:2: enclose whole statements with BEGIN and END SOLUTION',
    ],
    [
      ['f(() => {', BEGIN, 'one();', END, '});', 'function g(): void {', BEGIN, END, '}'],
      'a.ts:2: give the function around BEGIN SOLUTION a name',
    ],
    [['class A {', '@two', 'f(): void {}', '}'], 'a.ts:2:1: decorators are not supported'],
    [['/* BEGIN SOLUTION */', END], 'a.ts:1: write // BEGIN SOLUTION and // END SOLUTION, each on a line of its own'],
    ...[
      '// BEGIN-OF-SOLUTION',
      '// BEGIN SOLUTIONS',
      '// END SOLUTIONS',
      '// end of the solution',
      '// The solution starts here',
      '// stop_solution',
      '// ---- Begin: solution ----',
      '// SolutionBegin',
      '// BEGINSOLUTION',
    ].map((line): [string[], string] => [
      ['f();', line, BEGIN, END],
      'a.ts:2: write // BEGIN SOLUTION and // END SOLUTION, each on a line of its own',
    ]),
    [['const = 1;'], /^a\.ts:1:7: /],
  ])('%j', (lines, message) => {
    expect(() => derived(...lines)).toThrow(message);
  });
});

test.each([
  '/** Starts at x0 and ends close to the solution. */',
  '// the resolution at the start',
  '// appended: a solution',
])('%s is an ordinary comment', (comment) => {
  expect(derived(comment, 'function f(): void {', BEGIN, END, '}').join('\n')).toContain(comment);
});

test('a string that looks like a marker is none, and line ends of Windows change nothing', () => {
  const lines = [
    'const TEXT = `',
    BEGIN,
    '`;',
    'export function f(): void {',
    `  ${BEGIN} task 7`,
    '  secret();',
    `  ${END}`,
    '}',
    '',
  ];
  const text = deriveSkeleton(lines.join('\n'), 'a.ts');
  expect(text).toContain("throw new NotImplementedError('f', 'task 7');");
  expect(text).toContain(`\`\n${BEGIN}\n\``);
  expect(text).not.toContain('secret');
  const windows = deriveSkeleton(lines.join('\r\n'), 'a.ts');
  expect(windows.replaceAll('\r\n', '\n')).toBe(text);
});

test('nothing of a solution is left, whatever is in it, and everything else is', () => {
  const word = fc.stringMatching(/^[a-z]{6,9}$/u);
  fc.assert(
    fc.property(word, word, fc.array(word, { minLength: 1, maxLength: 4 }), (name, given, secrets) => {
      const lines = [
        `export function f_${name}(): void {`,
        `  given_${given}();`,
        `  ${BEGIN}`,
        ...secrets.map((secret) => `  secret_${secret}();`),
        `  ${END}`,
        '}',
      ];
      const text = derived(...lines).join('\n');
      expect(text).not.toMatch(/secret_|SOLUTION/u);
      expect(text).toContain(`f_${name}(): void {\n  given_${given}();\n  throw new NotImplementedError('f_${name}'`);
    }),
  );
});
