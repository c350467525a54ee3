import { describe, expect, test } from '@jest/globals';
import { readTasks } from './readTasks.ts';
import { criterionOf, optionsOf, sizesOf } from './TaskFunction.ts';

/** Students write what is in the braces. */
const tasksIn = (text: string) =>
  readTasks(text.replaceAll('{}', '{\n// BEGIN SOLUTION\n// END SOLUTION\n}'), 'src/a.ts', 'a.ts');

test('the comment of a function says what is asked, how long arrays are, and which are filled', () => {
  const [task] = tasksIn(`
/**
 * Scales each row. Rows are
 * independent.
 *
 * @param x - [N][D] the inputs, positive; only read
 * @param slope - the factor
 * @param total - [N] to fill with the sums
 * @param y - [N][D] to fill
 */
export function scaleRows(x: Real, N: number, slope: number, total: Real, y: Float64Array): void {}
`);
  expect(task).toEqual({
    name: 'scaleRows',
    file: 'src/a.ts',
    title: 'Scales each row',
    asks: 'Scales each row. Rows are independent.',
    parameters: [
      { name: 'x', kind: 'input', axes: ['N', 'D'], range: 'positive' },
      { name: 'N', kind: 'size', axes: [] },
      { name: 'slope', kind: 'number', axes: [] },
      { name: 'total', kind: 'output', axes: ['N'] },
      { name: 'y', kind: 'output', axes: ['N', 'D'] },
    ],
  });
  expect([sizesOf(task), optionsOf(task), criterionOf(task)]).toEqual([
    ['N', 'D'],
    ['N', 'D', 'slope'],
    'scale-rows.definition',
  ]);
});

test('without a comment the last array is filled, and all are of one length', () => {
  const [{ asks, parameters }] = tasksIn('export function relu(x: Real, y: Real): void {}');
  expect(asks).toBe('relu fills y.');
  expect(parameters).toEqual([
    { name: 'x', kind: 'input', axes: ['length'] },
    { name: 'y', kind: 'output', axes: ['length'] },
  ]);
});

test('a function without a fence is given, and no task', () => {
  const tasks = tasksIn(`
export function given(n: number): number { return n; }
export function asked(x: Real, y: Real): void {}
`);
  expect(tasks.map(({ name }) => name)).toEqual(['asked']);
});

describe('what cannot be called from outside is refused', () => {
  test.each([
    ['function f(x: Real): void {}', 'a.ts: no function that is exported has anything between // BEGIN SOLUTION'],
    ['export function f(x: Real, y: Real): void { y.set(x); }', 'a.ts: no function that is exported has anything'],
    ['export default function f(x: Real, y: Real): void {}', 'a.ts:1: write what students fill in as export function'],
    ['export const f = (x: Real, y: Real): void => {};', 'a.ts:1: write what students fill in as export function'],
    ['export class F { f(x: Real, y: Real): void {} }', 'a.ts:1: write what students fill in as export function'],
    ['export async function f(x: Real, y: Real) {}', 'a.ts:1: f: the grader takes what it has filled when it returns'],
    ['export function* f(x: Real, y: Real) {}', 'a.ts:1: f: the grader takes what it has filled when it returns'],
    ['export function __proto__(x: Real, y: Real): void {}', 'a.ts:1: __proto__: name it in letters and digits'],
    ['export function entry(x: Real, y: Real): void {}', 'a.ts:1: entry: choose another name'],
    ['export function size(x: Real, y: Real): void {}', 'a.ts:1: size: choose another name'],
    ['export function f(f: Real, y: Real): void {}', 'a.ts:1: f: choose another name than f for a parameter'],
    ['export function f(x: Real, options: Real): void {}', 'a.ts:1: f: choose another name than options'],
    ['export function f(x: Real, data: number, y: Real): void {}', 'a.ts:1: f: choose another name than data'],
    ['function f(x: Real, y: Real): void {}\nexport { f };', 'a.ts:1: write what students fill in as export function'],
    ['function f(x: Real, y: Real): void {}\nexport default f;', 'a.ts:1: write what students fill in as export'],
    [
      'export function f(x: Real): void;\nexport function f(x: Real, y?: Real): void {}',
      'a.ts:2: f: write one signature',
    ],
    ['export function f(x: Real, y: Real): Real {}', 'a.ts:1: f: fill arrays that the caller hands over'],
    ['export function f(x: Tensor, y: Real): void {}', 'a.ts:1: f: a parameter is Real (an array) or number'],
    ['export function f(y: Real): void {}', 'a.ts:1: f: no parameter is an array to read'],
  ])('%s', (text, message) => {
    expect(() => tasksIn(text)).toThrow(message);
  });
});
