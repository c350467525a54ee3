import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { assignmentOf, deliverablesIn, ROOT } from '../support/gradeFiles.ts';
import { mergeFiles } from '../../../grader/compile/mergeFiles.ts';
import { isAllowedImport, isSource } from '@im2grade/handout/rules';
import { moduleReferences } from '../../../skeleton/handout/src/handIn/moduleReferences.ts';

const PATH = 'src/own.ts';
const namesIn = (text: string): string[] =>
  moduleReferences(PATH, text).map(({ name, isComputed }) => (isComputed ? `computed ${name}` : name));

test.each([
  ["import '../x';", ['../x']],
  ["import x, { y } from '../x';", ['../x']],
  ["import * as x from '../x';", ['../x']],
  ["import type { X } from '../x';", ['../x']],
  ["import { type X } from '../x';", ['../x']],
  ["import type X = require('../x');", ['../x']],
  ["import x = require('../x');", ['../x']],
  ["export import x = require('../x');", ['../x']],
  ["import x from '../x.json' with { type: 'json' };", ['../x.json']],
  ["import defer * as x from '../x';", ['../x']],
  ["export * from '../x';", ['../x']],
  ["export * as x from '../x';", ['../x']],
  ["export { x } from '../x';", ['../x']],
  ["export type { X } from '../x';", ['../x']],
  ["export type * from '../x';", ['../x']],
  ["type X = import('../x').X;", ['../x']],
  ["type X = typeof import('../x');", ['../x']],
  ["type X = import('../x', { with: { 'resolution-mode': 'import' } }).X;", ['../x']],
  ["class C<T = import('../x').X> { f(x: T): asserts x is import('../y').Y & T {} }", ['../x', '../y']],
  ["declare global { var x: typeof import('../x'); }", ['../x']],
  ["void import('../x');", ['../x']],
  ["void import('../x', { with: { type: 'json' } });", ['../x']],
  ['void import(`../x`);', ['../x']],
  ["void import('../' + ('x' as const));", ['../x']],
  ["void import(/* hidden */ ('../x'));", ['../x']],
  ["void import('\\u002e\\u002e/x');", ['../x']],
  ["void import(Math.random() ? '../x' : '../y');", ['../x', '../y']],
  ["void import(Math.random() && '../x');", ['../x']],
  ["void import((0, '../x'));", ['../x']],
  ['void import(`../${x}.ts`);', ['computed ../….ts']],
  ["void import('../' + x + '.ts');", ['computed ../….ts']],
  ['void import(x ? `../${x}` : "../y");', ['computed ../…', '../y']],
  ["require('../x');", ['../x']],
  ["(require as (name: string) => unknown)('../x');", ['../x']],
  ["require!('../x');", ['../x']],
  ["require?.('../x');", ['../x']],
  ["require.resolve('../x');", ['../x']],
  ["require['resolve']('../x');", ['../x']],
  ['require(`../${x}.ts`);', ['computed ../….ts']],
  ["declare const require: (name: string) => unknown; require('../x');", ['../x']],
  ["declare function require(name: string): unknown; require('../x');", ['../x']],
  ["import type { require } from './types.ts'; require('../x');", ['./types.ts', '../x']],
  ["function f(require: Load) { return require('../own'); } require('../x');", ['../x']],
  ["{ const require = load; require('../own'); } require('../x');", ['../x']],
  ["function f() { { var require = load; } require('../own'); } require('../x');", ['../x']],
] as const)('%s names %j', (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

describe('nothing is named by', () => {
  test.each([
    "// import '../x'; require(`../${x}`); typeof import('../x')",
    '/* import("../x") */',
    '/// <reference path="../x.ts" />',
    '//# sourceMappingURL=../x.map',
    'const words = \'import("../x") and require("../x")\';',
    'const words = `import("../${x}") and require("../${x}")`;',
    'const pattern = /require("..\\/x")/;',
    "const isThere = typeof require === 'function';",
    'void import(name);',
    'void import(names[0]);',
    'require(name);',
    "function require(name: string) { return name; } require('../x'); require(`../${x}`);",
    "const require = (name: string) => name; require('../x');",
    "import { require } from './own.ts'; require('../x');",
    "class Team { require(name: string) { return this.require('../x'); } } new Team().require(`../${x}`);",
    "const team = { require(name: string) { return name; }, import: load }; team.require('../x'); team.import('../x');",
    "try { run(); } catch (require) { require('../x'); }",
    "for (const require of loaders) require('../x');",
    "for (let require = first; require; require = next()) require('../x');",
    "const load = function require(name: string): string { return require('../x'); };",
    "const f = ({ require }: Loader) => require('../x');",
    "const f = ([require = load]: Load[], ...rest: unknown[]) => require('../x');",
    "const f = (...require: Load[]) => require('../x');",
    "switch (kind) { case 1: const require = load; require('../x'); }",
    'const url = new URL("../x", base);',
    "declare module '*.bin' { const bytes: Uint8Array; export default bytes; }",
    'namespace Own { export const x = 1; } import own = Own.x;',
    'const less = (a: number, b: number) => a < b && b > (a as number);',
  ])('%s', (text) => {
    expect(namesIn(text).filter((name) => name !== './own.ts')).toEqual([]);
  });
});

test('a reference is placed as esbuild places its errors', () => {
  expect(moduleReferences(PATH, "\nconst x = import('../x');")).toEqual([
    { line: 2, column: 17, name: '../x', isComputed: false },
  ]);
});

test('a source that is nested too deeply is a RangeError, not the end', () => {
  expect(() => moduleReferences(PATH, `export const x = ${'['.repeat(50_000)}${']'.repeat(50_000)};`)).toThrow(
    RangeError,
  );
});

describe('by its name, an import is', () => {
  const files = new Set(['src/own.ts', 'src/other.ts', 'src/page.tsx', 'src/deep/index.ts', 'src/data.json']);
  const allowed = { packages: ['@im2grade/nn'], hasFile: (path: string) => files.has(path) };

  test.each([
    '@im2grade/nn',
    './other.ts',
    './other',
    './other.js',
    './page.jsx',
    './deep',
    './deep/',
    './deep/index.js',
    './data.json',
    '../src/other.ts',
    './/./deep/../other.ts',
  ])('allowed: %s', (name) => {
    expect(isAllowedImport(allowed, PATH, name)).toBe(true);
  });

  test.each([
    '@im2grade/nn/run',
    '@im2grade/engine',
    '@im2grade/engine/realm',
    '@im2grade/nn/',
    '@im2grade/nn?raw',
    'zod',
    'node:fs',
    'fs',
    '#own',
    'src/other.ts',
    '/src/other.ts',
    'file:///src/other.ts',
    'data:text/javascript,1',
    'https://example.org/x.ts',
    '',
    '.',
    '..',
    '../package.json',
    '../../src/other.ts',
    './Other.ts',
    './other.ts?x',
    './other.ts#x',
    './other.ts/',
    '.\\other.ts',
    './%6fther.ts',
    './constructor',
    '<runtime>',
  ])('not allowed: %s', (name) => {
    expect(isAllowedImport(allowed, PATH, name)).toBe(false);
  });
});

describe.each(assignmentIds(ROOT))('of %s no import of our own is refused:', (id) => {
  const assignment = assignmentOf(id);
  const { reference, skeleton, tests } = assignment.folders;
  const accepted = join(tests, 'accepted');
  const folders = [
    skeleton,
    reference,
    ...[join(tests, 'naive')].filter((folder) => existsSync(folder)),
    ...readdirSync(accepted).map((name) => join(accepted, name)),
    ...(id === 'conv2d-gemm' ? ['submission', 'complete'].map((name) => join(ROOT, 'examples', name)) : []),
  ];

  test.each(folders.map((folder) => [folder.slice(ROOT.length + 1), folder]))('%s', (_, folder) => {
    const own = deliverablesIn(assignment, folder);
    const workspace = mergeFiles(assignment, own);
    const allowed = { packages: assignment.packages, hasFile: (path: string) => workspace.has(path) };
    const sources = [...own].filter(([path]) => isSource(path));
    const refused = sources.flatMap(([path, text]) =>
      moduleReferences(path, text).filter(
        ({ name, isComputed }) => isComputed || !isAllowedImport(allowed, path, name),
      ),
    );
    expect(own.size).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  });
});
