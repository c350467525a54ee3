import { assignmentOf } from './gradeFiles.ts';
import { selectCriteria } from '../../../grader/grade/selectCriteria.ts';
import { REPORT_VERSION, type ScoreReport } from '../../../grader/model/report.ts';
import { scoreFindings, totalsOf } from '../../../grader/score/score.ts';
import { Job } from '../../../grader/engines/Job.ts';

export const assignment = assignmentOf('conv2d-gemm');
const digest = 'a'.repeat(64);
export const job = Job.parse({
  ...{ key: digest, assignment: assignment.id, program: { assignment: digest, grader: digest }, gemm: 'wasm' },
  ...{ isolation: 'strict', seed: 5, criteria: ['im2mat'], known: [] },
  submission: { digest, absent: [], unusable: [] },
});
const findings = selectCriteria(assignment, ['im2mat']).map((id) => ({
  ...{ id, status: 'failed', credit: 0, reason: '', substituted: [], seconds: 0, evidence: [] },
})) as Parameters<typeof scoreFindings>[1];
const outcomes = scoreFindings(assignment, findings, () => '');

/** A whole result of the job. */
export const report: ScoreReport = {
  schema: 'im2grade/score-report',
  version: REPORT_VERSION,
  assignment: { id: assignment.id, title: '', version: 1 },
  submission: { name: 'x', students: [], digest, files: [], ignored: [], assumed: [], unusable: [] },
  grading: { seed: 5, startedAt: '2026-01-01T00:00:00Z', seconds: {}, only: ['im2mat'], command: '' },
  environment: {
    ...{ grader: '', node: '', platform: '', cpu: '', cores: 1, memoryMiB: 1, gemm: '', teamSize: 1 },
    isolation: { tier: 'strict', means: [] },
  },
  warnings: [],
  totals: totalsOf(assignment, outcomes),
  outcomes,
};
