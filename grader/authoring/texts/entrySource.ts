import { basename } from 'node:path';
import { type Draft, tasksOf } from '../Draft.ts';
import { optionsOf, parametersOf, type TaskFunction } from '../TaskFunction.ts';

/** `src/entry.ts`: each function as the grader calls it, with values in and values out. */
export const entrySource = (draft: Draft): string => `import type { Entry, EntryCall, Real } from '@im2grade/nn';
${importsOf(draft, './')}

/** What the grader calls: values in, values out. You need not read it to solve the assignment. */
export const entry: Entry = {
${tasksOf(draft).map(called).join('\n')}
};
`;

/** Imports the functions of all solutions from a folder. */
export const importsOf = ({ solutions }: Draft, from: string): string =>
  solutions
    .map(({ path, tasks }) => `import { ${tasks.map(({ name }) => name).join(', ')} } from '${from}${basename(path)}';`)
    .join('\n');

function called(task: TaskFunction): string {
  const names = (kind: 'input' | 'output') => parametersOf(task, kind).map(({ name }) => name);
  const options = optionsOf(task);
  const taken = [
    ...(parametersOf(task, 'size', 'number').length > 0 ? ['options'] : []),
    `inputs: [${names('input').join(', ')}]`,
    `outputs: [${names('output').join(', ')}]`,
  ];
  const given = task.parameters.map(({ name, kind }) =>
    kind === 'input' || kind === 'output' ? `${name} as Real` : `options.${name}`,
  );
  const type = options.length === 0 ? 'object' : `{ ${options.map((name) => `${name}: number`).join('; ')} }`;
  return `${task.name}: ({ ${taken.join(', ')} }: EntryCall<${type}>) => ${task.name}(${given.join(', ')}),`;
}
