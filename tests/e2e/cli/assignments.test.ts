import { expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { criteriaOf } from '../../../grader/model/assignment.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const all = assignmentIds(ROOT).map(assignmentOf);

test.concurrent('grade assignments lists every assignment with its deliverables and points', () =>
  inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await runGrade(['assignments'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { id, title, deliverables, rubric } of all) {
      expect(stdout).toContain(`${id}  ${title}\n`);
      for (const { path } of deliverables) expect(stdout).toContain(`    ${path}`);
      for (const { group } of rubric) expect(stdout).toContain(`  ${group} `);
    }
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  }),
);

test.concurrent('--json has their points, which are those of the criteria', () =>
  inFolder({}, async (folder) => {
    const { code, stdout } = await runGrade(['assignments', '--json'], folder);
    expect(code).toBe(0);
    const listed = JSON.parse(stdout) as { id: string; points: number; groups: { points: number }[] }[];
    expect(listed.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    listed.forEach(({ points, groups }, i) => {
      const regular = criteriaOf(all[i]).filter(({ bonus }) => !bonus);
      expect(points).toBeCloseTo(regular.reduce((total, criterion) => total + criterion.points, 0));
      expect(groups.reduce((total, group) => total + group.points, 0)).toBeCloseTo(points);
    });
  }),
);
