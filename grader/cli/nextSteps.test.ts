import { expect, test } from '@jest/globals';
import { nextSteps } from './nextSteps.ts';

const made = (named: string): string =>
  nextSteps({
    draft: { id: 'relu', title: 'ReLU', points: 2, solutions: [{ path: 'src/relu.ts', text: '', tasks: [] }] },
    unproved: [],
    course: named,
    named,
  });

test('a shell reads the name of the course as it is', () => {
  const text = made("/my course's");
  expect(text).toContain(String.raw`grade prove relu --course '/my course'\''s'    what keeps`);
  expect(text).toMatch(/grade '\S*\/my course'\\''s\/reference\/relu' --assignment relu --course /u);
});
