import { existsSync } from 'node:fs';
import { assignmentIds } from '../grader/assignments/findAssignments.ts';

/** The assignments that have a training of their reference. */
const trainable = assignmentIds(process.cwd()).filter((id) => existsSync(`tests/${id}/trainReference.ts`));
const [id] = process.argv.splice(2, 1);
if (trainable.includes(id)) await import(`./${id}/trainReference.ts`);
else {
  console.error(`train: name an assignment: npm run train -- ID; available: ${trainable.join(', ')}`);
  process.exitCode = 2;
}
