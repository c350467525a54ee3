import { type Draft, quoted, tasksOf, type Texts } from '../Draft.ts';
import { criterionOf, optionsOf, type Parameter, parametersOf, sizesOf, type TaskFunction } from '../TaskFunction.ts';

/** The hidden suites: what each function is called with, the laws, and the search for what they overlook. */
export const suiteSources = (draft: Draft): Texts => ({
  'functions.ts': functionsSource(tasksOf(draft)),
  '1-definitions.suite.ts': definitionsSource(tasksOf(draft)),
  'search.ts': SEARCH,
});

const SEARCH = `import { searchFunctions } from '@im2grade/kit';
import * as functions from './functions.ts';

searchFunctions(functions);
`;

const functionsSource = (tasks: readonly TaskFunction[]): string => `import fc from 'fast-check';
import { examinedFunction, namedCall } from '@im2grade/kit';

/** Small, so that a counterexample can be read. */
const size = fc.integer({ min: 1, max: 6 });
${tasks.some((task) => numbersOf(task).length > 0) ? 'const number = fc.constantFrom(0.3, 0.01, 2);\n' : ''}
${tasks.map(functionSource).join('\n')}`;

const numbersOf = (task: TaskFunction): string[] => parametersOf(task, 'number').map(({ name }) => name);

function functionSource(task: TaskFunction): string {
  const [options, numbers] = [optionsOf(task), numbersOf(task)];
  const drawn = options.map((name) => `${name}: ${numbers.includes(name) ? 'number' : 'size'}`);
  return `export const ${task.name} = examinedFunction({
  cases: fc.record({ ${drawn.join(', ')} }),
  large: [${largeCases(task).join(', ')}],
  call: ({ ${options.join(', ')} }, data) =>
    namedCall(${quoted(task.name)}, { ${options.join(', ')} }, {
      inputs: { ${parametersOf(task, 'input').map(shapeOf).join(', ')} },
      outputs: { ${parametersOf(task, 'output').map(shapeOf).join(', ')} },${rangesOf(task)}
    }, data),
});
`;
}

/** `ranges: { x: 'positive' },`; empty if the inputs may be any numbers. */
function rangesOf(task: TaskFunction): string {
  const ranges = parametersOf(task, 'input').flatMap(({ name, range }) => (range ? [`${name}: ${quoted(range)}`] : []));
  return ranges.length === 0 ? '' : `ranges: { ${ranges.join(', ')} },`;
}

/** More than a byte counts; squared, more than two bytes count. */
const LARGE = 300;
const SMALL = 3;
const NUMBER = 0.3;

/** Each size large by itself, and both sizes of a matrix. */
function largeCases(task: TaskFunction): string[] {
  const sizes = sizesOf(task);
  const pairs = task.parameters.flatMap(({ axes }) => (axes.length < 2 ? [] : [axes.slice(0, 2)]));
  const large = [...sizes.map((size) => [size]), ...pairs].map((those) => {
    const sizeOf = (name: string) => (those.includes(name) ? LARGE : SMALL);
    return `{ ${optionsOf(task)
      .map((name) => `${name}: ${sizes.includes(name) ? sizeOf(name) : NUMBER}`)
      .join(', ')} }`;
  });
  return [...new Set(large)];
}

/** `x: { n: N, d: D }` */
function shapeOf({ name, axes }: Parameter): string {
  const seen = new Map<string, number>();
  const named = axes.map((axis) => {
    const word = /^\d/u.test(axis) ? `of${axis}` : axis.charAt(0).toLowerCase() + axis.slice(1);
    const count = (seen.get(word) ?? 0) + 1;
    seen.set(word, count);
    return `${count === 1 ? word : `${word}${count}`}: ${axis}`;
  });
  return `${name}: { ${named.join(', ')} }`;
}

const definitionsSource = (
  tasks: readonly TaskFunction[],
): string => `import { criterion, followsReference } from '@im2grade/kit';
import { ${tasks.map(({ name }) => name).join(', ')} } from './functions.ts';

${tasks
  .map(
    (task) =>
      `criterion(${quoted(criterionOf(task))}, followsReference(${quoted(task.asks)}, ${task.name}), { seeded: true });`,
  )
  .join('\n')}
`;
