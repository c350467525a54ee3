import { quoted } from '../Draft.ts';
import type { Example } from '../Example.ts';
import { parametersOf } from '../TaskFunction.ts';

/** `questions.ts`: what nothing in the handout may compute, on the public examples. */
export const questionsSource = (
  examples: readonly Example[],
): string => `import type { Questions } from '@im2grade/kit';

/** Nothing in the handout may compute these answers, except for a reason in \`onPurpose\`. */
export const questions: Questions = {
  scenes: { ${examples.map(sceneOf).join(', ')} },
  answers: { ${examples.flatMap(answersOf).join(', ')} },
  onPurpose: {},
};
`;

const sceneOf = ({ task, options, inputs, outputs }: Example): string => `${task.name}: () => ({
  values: {
    Real: [${[
      ...inputs.map((values) => `Float64Array.of(${values.join(', ')})`),
      ...outputs.map(({ length }) => `new Float64Array(${length})`),
    ].join(', ')}],
    number: [${Object.values(options).join(', ')}],
  },
})`;

const answersOf = ({ task, outputs }: Example): string[] =>
  parametersOf(task, 'output').map(
    ({ name }, i) => `${quoted(`${task.name}: ${name}`)}: Float64Array.of(${outputs[i].join(', ')})`,
  );
