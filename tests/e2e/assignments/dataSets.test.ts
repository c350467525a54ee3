import { describeDataSet } from '@im2grade/data/dataSets';
import { expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { criteriaOf } from '../../../grader/model/assignment.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';

test.each(assignmentIds(ROOT))('a report of %s states the data set that it declares', async (id) => {
  const assignment = assignmentOf(id);
  const first = criteriaOf(assignment).find(({ kind }) => kind === 'correctness')!;
  const files = deliverablesIn(assignment, assignment.folders.reference);
  const { environment } = await gradeFiles(assignment, id, files, [first.id]);
  expect(environment.data).toBe(assignment.data && describeDataSet(assignment.data));
});
