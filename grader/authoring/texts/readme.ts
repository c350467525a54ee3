import { type Draft, tasksOf } from '../Draft.ts';
import type { TaskFunction } from '../TaskFunction.ts';

/** The handout's README: the task as students read it. */
export const readme = (draft: Draft): string => `# ${draft.title}

Write the functions below. Each fills arrays that the caller hands over; the comments in the sources have the details.

    npm install                    # once
    npm test                       # small examples
    npx grade                      # the public part of the score
    npm run hand-in                # the archive to hand in

| function | file | what it does | points |
|---|---|---|---|
${tasksOf(draft)
  .map((task) => row(task, draft.points))
  .join('\n')}

Hand in ${draft.solutions.map(({ path }) => `\`${path}\``).join(', ')}. What you hand in may import \`@im2grade/nn\`.
`;

const row = ({ name, file, asks, parameters }: TaskFunction, points: number): string =>
  `| \`${name}(${parameters.map((one) => one.name).join(', ')})\` | \`${file}\` | ${asks.replaceAll('|', '\\|')} | ${points} |`;
