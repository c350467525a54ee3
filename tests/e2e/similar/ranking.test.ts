import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { compareWorks, type Comparison, STANDS_OUT } from '../../../grader/similar/compareWorks.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { disguise } from './disguise.ts';
import { moveMethods } from './moveMethods.ts';
import {
  disguises,
  givenIn,
  independentSolutions,
  independentWorks,
  referenceOf,
  type Solution,
  type SolutionWork,
  sourcesOf,
  tokensOf,
} from './solutions.ts';

const compared = (assignment: string, file: string, solutions: readonly Solution[]): Comparison =>
  compareWorks(
    solutions.map(({ text }) => new Map([[file, tokensOf(text)]])),
    [file],
    solutions.length,
    givenIn(assignment, file),
  ).deliverables[0];

const comparedWorks = (assignment: string, works: readonly SolutionWork[]): readonly Comparison[] =>
  compareWorks(
    works.map(({ texts }) => texts),
    sourcesOf(assignment),
    works.length,
    new Set(sourcesOf(assignment).flatMap((file) => [...givenIn(assignment, file)])),
  ).deliverables;

const most = (comparisons: readonly Comparison[]): number =>
  Math.max(0, ...comparisons.flatMap(({ alike }) => alike.map(({ similarity }) => similarity)));

/** The greatest similarity of two independent right solutions of any deliverable of any assignment. */
const mostOfIndependent = Math.max(
  ...assignmentIds(ROOT).flatMap((assignment) => [
    ...sourcesOf(assignment).map((file) => most([compared(assignment, file, independentSolutions(assignment, file))])),
    most(comparedWorks(assignment, independentWorks(assignment))),
  ]),
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
    const [pair] = [...alike].sort((a, b) => b.similarity - a.similarity);
    expect([pair.first, pair.second]).toEqual([0, 1]);
    expect(pair.similarity).toBeGreaterThanOrEqual(STANDS_OUT);
    expect(pair.similarity).toBeGreaterThan(mostOfIndependent);
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

describe('a copy of which a part has moved into another deliverable is the first of its class', () => {
  const [file, other] = ['Im2MatLayer.ts', 'Conv2DLayer.ts'];
  const original = referenceOf('conv2d-gemm', file);
  const independent = independentWorks('conv2d-gemm');
  const METHODS = [['Im2Mat'], ['Mat2Im'], ['Im2Mat', 'Mat2Im'], ['Im2Mat', 'Mat2Im', 'forward', 'backward', 'banner']];
  const cases = METHODS.flatMap((methods) =>
    independentSolutions('conv2d-gemm', other).map(({ name, text }) => [methods.join(), name, text] as const),
  );
  test.each(cases)('%s into the file of %s', (methods, _, into) => {
    const moved = moveMethods(original, into, methods.split(','));
    const texts = new Map([file, other].map((path, at) => [path, tokensOf(disguise(moved[at], 7))]));
    // The work whose file it has moved into is copied as well.
    const comparisons = comparedWorks('conv2d-gemm', [{ name: 'copy', texts }, ...independent]);
    const { alike } = comparisons.find(({ path }) => path === file)!;
    const [pair] = [...alike].sort((a, b) => b.similarity - a.similarity);
    expect([pair.first, independent[pair.second - 1].name]).toEqual([0, 'reference']);
    expect(pair.similarity).toBeGreaterThanOrEqual(STANDS_OUT);
    expect(pair.similarity).toBeGreaterThan(mostOfIndependent);
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
    const { verdict, alike, leftOut } = compared('conv2d-gemm', 'Conv2DLayer.ts', solutions);
    expect({ verdict, alike }).toEqual({ verdict: 'too-alike', alike: [] });
    expect(leftOut.map(({ reason, works }) => [reason, works.length])).toEqual([
      ['too-alike', 6],
      ['too-alike', 6],
    ]);
  });
});

describe('copies in a small class are not taken for what everybody writes', () => {
  const FILE = 'Im2MatLayer.ts';
  const texts = new Map(independentSolutions('conv2d-gemm', FILE).map(({ name, text }) => [name, text]));
  /** A work for each name of a solution; the last ones are those of a corpus. */
  const comparedCopies = (names: readonly string[], classSize = names.length): Comparison =>
    compareWorks(
      names.map((name) => new Map([[FILE, tokensOf(texts.get(name)!)]])),
      [FILE],
      classSize,
      givenIn('conv2d-gemm', FILE),
    ).deliverables[0];
  const standing = ({ alike }: Comparison) =>
    alike.filter(({ similarity }) => similarity >= STANDS_OUT).map(({ first, second }) => `${first} ${second}`);
  const [A, B, C, D] = ['gather-mat2im', 'row-copy-im2mat', 'padded-image', 'reference'];

  test('three and two of six', () => {
    const found = comparedCopies([A, A, A, B, B, C]);
    expect(found.verdict).toBe('compared');
    expect(standing(found)).toEqual(['0 1', '0 2', '1 2', '3 4']);
    expect(found.leftOut).toEqual([]);
  });

  test('four of seven are named, and no pair of theirs is', () => {
    const found = comparedCopies([A, A, A, A, B, C, D]);
    expect(standing(found)).toEqual([]);
    expect(found.leftOut).toEqual([{ reason: 'common', works: [0, 1, 2, 3] }]);
  });

  test('four of seven stand out beside the public solution that they have copied', () => {
    const found = comparedCopies([A, A, A, A, B, C, D, A], 7);
    expect(standing(found)).toEqual(['0 7', '1 7', '2 7', '3 7']);
    expect(found.leftOut).toEqual([]);
  });

  test('five of six, too', () => {
    const found = comparedCopies([A, A, A, A, A, C, A], 6);
    expect(standing(found)).toEqual(['0 6', '1 6', '2 6', '3 6', '4 6']);
    expect(found.leftOut).toEqual([]);
  });

  test('what most of the class and most of an earlier class have is common', () => {
    const found = comparedCopies([A, A, A, A, B, C, D, A, A, A, A, B, C], 7);
    expect(found.leftOut).toEqual([{ reason: 'common', works: [0, 1, 2, 3] }]);
  });
});
