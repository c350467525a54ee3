import { expect, test } from '@jest/globals';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const assignment = assignmentOf('cifar-nets');
const answers = deliverablesIn(assignment, assignment.folders.reference).get('answers.yaml')!;
const submitters = (...names: readonly string[]) =>
  names.map((name, at) => `  - {":name": ${name}, ":sid": '${name.length}${at}'}`).join('\n');

/** Gradescope says who handed in together. */
const CLASS = {
  'submission_metadata.yml': `submission_11:
  :submitters:
${submitters('Ada Lovelace', 'Wei Zhang')}
submission_12:
  :submitters:
${submitters('Emmy Noether', 'Alan Turing', 'Grace Hopper')}
`,
  'submission_11/answers.yaml': answers,
  'submission_12/answers.yaml': answers,
};

test(
  'a team that is larger than the assignment allows is named once, and loses nothing',
  () =>
    inFolder(
      Object.fromEntries(Object.entries(CLASS).map(([path, text]) => [`class/${path}`, text])),
      async (folder) => {
        const args = ['class', 'class', '--assignment', 'cifar-nets', '--only', 'lenet.parameters', '--json'];
        const { code, stdout, stderr } = await runGrade(args, folder);
        expect(code).toBe(0);
        expect(stderr.match(/allows teams of 2/gu)).toHaveLength(1);
        expect(stderr).toMatch(
          /submission_12 is the work of 3 students \(Emmy Noether, Alan Turing, Grace Hopper\); the assignment allows teams of 2\. It costs nothing here/u,
        );
        const { rows } = ClassReport.parse(JSON.parse(stdout));
        expect(rows.map(({ criteria }) => criteria['lenet.parameters'].earned)).toEqual([0.25, 0.25]);
      },
    ),
  600_000,
);
