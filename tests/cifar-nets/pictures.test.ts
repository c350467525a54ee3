import { expect, test } from '@jest/globals';
import { asProved } from '../../grader/model/assignment.ts';
import { renderHtml } from '../../grader/report/html/renderHtml.ts';
import { assignmentOf, deliverablesIn, gradeFiles } from '../e2e/support/gradeFiles.ts';

const assignment = asProved(assignmentOf('cifar-nets'));
const FILES = deliverablesIn(assignment, assignment.folders.reference);
const IDS = ['transfer.first-activations', 'transfer.last-activations', 'transfer.filters'];

const evidenceOf = async (files: ReadonlyMap<string, string>) => {
  const report = await gradeFiles(assignment, 'pictures', files, IDS, 1);
  expect(report.outcomes.map(({ status }) => status)).toEqual(['manual', 'manual', 'manual']);
  return { report, evidence: report.outcomes.map(({ evidence }) => evidence) };
};

test('a person sees filters and activations, and where the student’s own are', async () => {
  const { report, evidence } = await evidenceOf(FILES);
  const own = (section: string) => ({
    type: 'remark',
    message: `what was handed in for ${section} begins on page 3 of report.pdf`,
  });
  const pictures = (count: number, side: number) => ({
    type: 'pictures',
    pictures: Array.from({ length: count }, (_, k) =>
      expect.objectContaining({ name: `filter ${k}`, height: side, width: side }),
    ),
  });
  expect(evidence).toMatchObject([
    [own('3e'), { ...pictures(8, 32), given: { height: 32, width: 32 } }],
    [own('3f'), { ...pictures(10, 4), given: { height: 32, width: 32 } }],
    [own('3g'), pictures(8, 3)],
  ]);
  expect(await renderHtml(report)).toContain('alt="filter 7"');
});

test('without a model and a report a sentence says why nothing is shown', async () => {
  const without = new Map([...FILES].filter(([path]) => !/transfer|report/u.test(path)));
  const { evidence } = await evidenceOf(without);
  const message = expect.stringMatching(
    /^Nothing can be shown: no (readable )?(models\/transfer|report\.pdf) was handed in/u,
  );
  expect(evidence).toEqual(IDS.map(() => [1, 2].map(() => ({ type: 'remark', message }))));
});
