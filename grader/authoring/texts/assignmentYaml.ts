import { stringify } from 'yaml';
import { type Draft, tasksOf } from '../Draft.ts';
import { criterionOf } from '../TaskFunction.ts';

/** `assignment.yaml`: a criterion for each function. */
export const assignmentYaml = (draft: Draft): string =>
  stringify(
    {
      title: draft.title,
      version: 1,
      entry: 'src/entry.ts',
      deliverables: draft.solutions.map(({ path, tasks }) => ({ path, exports: tasks.map(({ name }) => name) })),
      packages: ['@im2grade/nn'],
      limits: { fileBytes: 262_144, buildSeconds: 10, loadSeconds: 4, callSeconds: 2.5, memoryMiB: 1024 },
      rubric: draft.solutions.map(({ path, tasks }) => ({
        group: tasks.length === 1 ? tasks[0].name : path,
        criteria: tasks.map((task) => ({
          id: criterionOf(task),
          title: task.title,
          asks: task.asks,
          points: draft.points,
          kind: 'correctness',
          visibility: tasksOf(draft)[0] === task ? 'visible' : 'hidden',
          examines: [path],
        })),
      })),
    },
    { lineWidth: 0 },
  );
