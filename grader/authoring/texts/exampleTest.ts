import { type Draft, quoted } from '../Draft.ts';
import type { Example } from '../Example.ts';
import type { Parameter } from '../TaskFunction.ts';
import { importsOf } from './entrySource.ts';

/** Shown digits: the example can be compared by eye. */
const DIGITS = 6;

/** The public test: what each function makes of a small example. */
export const exampleTest = (
  draft: Draft,
  examples: readonly Example[],
): string => `import { describe, expect, test } from '@jest/globals';
${importsOf(draft, '../src/')}

const rounded = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => Math.round(value * 1e${DIGITS}) / 1e${DIGITS} + 0);

${examples.map(described).join('\n')}`;

function described({ task, options, inputs, outputs }: Example): string {
  const of = (kind: Parameter['kind']) => task.parameters.filter((one) => one.kind === kind);
  const lines = [
    ...of('input').map(({ name }, i) => `const ${name} = Float64Array.of(${inputs[i].join(', ')});`),
    ...of('output').map(({ name }, i) => `const ${name} = new Float64Array(${outputs[i].length});`),
    `${task.name}(${task.parameters.map(({ name, kind }) => given(name, kind, options)).join(', ')});`,
    ...of('output').map(({ name }, i) => `expect(rounded(${name})).toEqual([${outputs[i].map(shown).join(', ')}]);`),
  ];
  return `describe(${quoted(task.name)}, () => {
  test('a small example', () => {
    ${lines.join('\n')}
  });
});
`;
}

const given = (name: string, kind: Parameter['kind'], options: Readonly<Record<string, number>>): string =>
  kind === 'size' || kind === 'number' ? String(options[name]) : name;

const shown = (value: number): string => String(Math.round(value * 10 ** DIGITS) / 10 ** DIGITS + 0);
