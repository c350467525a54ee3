import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../grader/assignments/findAssignments.ts';
import { handoutChecks } from '../../grader/honesty/handoutChecks.ts';
import { suiteChecks } from '../../grader/honesty/suiteChecks.ts';
import { assignmentOf, ROOT } from './support/gradeFiles.ts';

describe.each(assignmentIds(ROOT))('%s', (id) => {
  const assignment = assignmentOf(id);
  const checks = [...suiteChecks(assignment), ...handoutChecks(ROOT, assignment)];

  test.each(checks.map((check) => [`${check.group}: ${check.name}`, check] as const))('%s', async (_, check) => {
    expect(await check.run()).toEqual([]);
  });

  test('its suites are proved honest', () => {
    const proof = readFileSync(join(assignment.folders.tests, 'honesty.test.ts'), 'utf8');
    expect(proof).toContain(`provesHonest('${id}');`);
  });
});
