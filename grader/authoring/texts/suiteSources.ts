import { type Draft, quoted, tasksOf, type Texts } from '../Draft.ts';
import { criterionOf, optionsOf, type Parameter, parametersOf, sizesOf, type TaskFunction } from '../TaskFunction.ts';

/** The hidden suites: what each function is called with, the laws, and the test that proves them honest. */
export const suiteSources = (draft: Draft): Texts => ({
  'functions.ts': functionsSource(tasksOf(draft)),
  '1-definitions.suite.ts': definitionsSource(tasksOf(draft)),
});

const functionsSource = (tasks: readonly TaskFunction[]): string => `import fc from 'fast-check';
import { examinedFunction, namedCall } from '@im2grade/kit';

/** Small, so that a counterexample can be read. */
const size = fc.integer({ min: 1, max: 6 });
${tasks.some((task) => numbersOf(task).length > 0) ? 'const number = fc.constantFrom(0.3, 0.01, 2);\n' : ''}
${tasks.map(functionSource).join('\n')}`;

const numbersOf = (task: TaskFunction): string[] => parametersOf(task, 'number').map(({ name }) => name);

function functionSource(task: TaskFunction): string {
  const [sizes, options, numbers] = [sizesOf(task), optionsOf(task), numbersOf(task)];
  const drawn = options.map((name) => `${name}: ${numbers.includes(name) ? 'number' : 'size'}`);
  return `export const ${task.name} = examinedFunction({
  cases: fc.record({ ${drawn.join(', ')} }),
  large: [${sizes.map((large) => largeCase(options, numbers, large)).join(', ')}],
  call: ({ ${options.join(', ')} }, data) =>
    namedCall(${quoted(task.name)}, { ${options.join(', ')} }, {
      inputs: { ${parametersOf(task, 'input').map(shapeOf).join(', ')} },
      outputs: { ${parametersOf(task, 'output').map(shapeOf).join(', ')} },
    }, data),
});
`;
}

/** More of one size than a byte counts. */
const LARGE = 300;

const largeCase = (options: readonly string[], numbers: readonly string[], large: string): string =>
  `{ ${options.map((name) => `${name}: ${name === large ? LARGE : numbers.includes(name) ? 0.3 : 3}`).join(', ')} }`;

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
