import { expect, test } from '@jest/globals';
import { nextSteps } from './nextSteps.ts';

const made = (given: readonly string[], named?: string): string =>
  nextSteps({
    draft: { id: 'relu', title: 'ReLU', points: 2, solutions: [{ path: 'src/relu.ts', text: '', tasks: [], given }] },
    unproved: [],
    course: named ?? process.cwd(),
    named,
  });

test('a shell reads the name of the course as it is', () => {
  const text = made([], "/my course's");
  expect(text).toContain(String.raw`grade prove relu --course '/my course'\''s'    what keeps`);
  expect(text).toMatch(/grade '\S*\/my course'\\''s\/reference\/relu' --assignment relu --course /u);
});

test('functions that students get with their code are named, if there are any', () => {
  expect(made(['scale', 'shift'])).toContain('\n\nGiven to students as it is: scale, shift\ngrade reference/relu ');
  expect(made([])).toContain('tests/relu\n\ngrade reference/relu --assignment relu    the solution');
});
