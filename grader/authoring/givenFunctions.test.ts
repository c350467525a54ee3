import { expect, test } from '@jest/globals';
import { givenFunctions } from './givenFunctions.ts';

test('what is exported and has no part between the markers is given, and nothing else', () => {
  const text = `
export const RATE = 0.1;
export function whole(): number { return 1; }
export const arrow = (): number => 2;
export class Layer { size(): number { return 3; } }
function own(): void {}
function later(): void {}
export function asked(): void {
  // BEGIN SOLUTION
  own();
  // END SOLUTION
}
// BEGIN SOLUTION
export function helper(): void {}
// END SOLUTION
export { later };
export default function (): void {}
`;
  expect(givenFunctions(text, 'a.ts')).toEqual(['whole', 'arrow', 'Layer', 'later', 'default']);
});
