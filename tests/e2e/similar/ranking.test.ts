import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { compareDeliverable, type Comparison, STANDS_OUT } from '../../../grader/similar/compareDeliverable.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { disguise } from './disguise.ts';
import {
  disguises,
  givenIn,
  independentSolutions,
  referenceOf,
  type Solution,
  sourcesOf,
  tokensOf,
} from './solutions.ts';

const compared = (assignment: string, file: string, solutions: readonly Solution[]): Comparison =>
  compareDeliverable(
    solutions.map(({ text }) => tokensOf(text)),
    solutions.length,
    givenIn(assignment, file),
  );

/** The greatest similarity of two independent right solutions of any deliverable of any assignment. */
const mostOfIndependent = Math.max(
  ...assignmentIds(ROOT).flatMap((assignment) =>
    sourcesOf(assignment).flatMap((file) =>
      compared(assignment, file, independentSolutions(assignment, file)).alike.map(({ similarity }) => similarity),
    ),
  ),
);

test('independent right solutions have something in common, and none stands out', () => {
  expect(mostOfIndependent).toBeGreaterThan(0.3);
  expect(mostOfIndependent).toBeLessThan(STANDS_OUT);
});

describe('a disguise and what it was made of are the first of their class', () => {
  const independent = independentSolutions('conv2d-gemm', 'Im2MatLayer.ts');
  const [original] = independent;
  expect(original.name).toBe('reference');
  test.each(disguises().map((each) => [each.name, each] as const))('%s', (_, copy) => {
    expect(copy.text).not.toBe(original.text);
    const { alike } = compared('conv2d-gemm', 'Im2MatLayer.ts', [copy, ...independent]);
    const [most] = [...alike].sort((a, b) => b.similarity - a.similarity);
    expect([most.first, most.second]).toEqual([0, 1]);
    expect(most.similarity).toBeGreaterThanOrEqual(STANDS_OUT);
    expect(most.similarity).toBeGreaterThan(mostOfIndependent);
  });
});

test('there are twenty disguises, and each is another text', () =>
  expect(new Set(disguises().map(({ text }) => text)).size).toBe(20));

describe('disguises of the other deliverables stand out, too', () => {
  test.each([
    ['conv2d-gemm', 'Conv2DLayer.ts'],
    ['simple-conv-net', 'conv2d.ts'],
    ['simple-conv-net', 'pool2d.ts'],
    ['modular-nets', 'ConvMethod2.ts'],
  ])('%s: %s', (assignment, file) => {
    const text = referenceOf(assignment, file);
    for (let seed = 0; seed < 5; seed++) {
      const pair = [text, disguise(text, seed)].map((each, at) => ({ name: String(at), text: each }));
      expect(compared(assignment, file, pair).alike[0].similarity).toBeGreaterThanOrEqual(STANDS_OUT);
    }
  });
});

describe('nobody is accused of a short exercise', () => {
  test('two lines that everybody writes are too short', () => {
    const text = referenceOf('simple-conv-net', 'relu.ts');
    const solutions = Array.from({ length: 30 }, (_, n) => ({ name: String(n), text: disguise(text, n) }));
    const { verdict, alike } = compared('simple-conv-net', 'relu.ts', solutions);
    expect({ verdict, alike }).toEqual({ verdict: 'too-short', alike: [] });
  });

  test('what more than half of a class has does not count', () => {
    const text = referenceOf('conv2d-gemm', 'Conv2DLayer.ts');
    const others = independentSolutions('conv2d-gemm', 'Conv2DLayer.ts').slice(1);
    const alike = Array.from({ length: 12 }, (_, n) => ({ name: String(n), text: disguise(text, n) }));
    expect(
      compared('conv2d-gemm', 'Conv2DLayer.ts', [...alike, ...others]).alike.map(({ first, second }) => [
        first,
        second,
      ]),
    ).toEqual([]);
  });

  test('if most of the class is alike in one of two ways, it is undecidable', () => {
    const texts = independentSolutions('conv2d-gemm', 'Conv2DLayer.ts').slice(0, 2);
    const solutions = Array.from({ length: 12 }, (_, n) => ({ name: String(n), text: disguise(texts[n % 2].text, n) }));
    const { verdict, alike } = compared('conv2d-gemm', 'Conv2DLayer.ts', solutions);
    expect({ verdict, alike }).toEqual({ verdict: 'too-alike', alike: [] });
  });
});
