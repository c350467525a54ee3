import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { REPORT_VERSION, type ScoreReport } from '../model/report.ts';
import { scoreFindings, totalsOf } from '../score/score.ts';
import { Job } from './Job.ts';
import { packResult, unpackResult } from './packedResult.ts';

const assignment = assignmentOf('conv2d-gemm');
const digest = 'a'.repeat(64);
const job = Job.parse({
  ...{ key: digest, assignment: assignment.id, program: { assignment: digest, grader: digest }, gemm: 'wasm' },
  ...{ isolation: 'strict', seed: 5, criteria: ['im2mat'], known: [] },
  submission: { digest, absent: [], unusable: [] },
});
const findings = selectCriteria(assignment, ['im2mat']).map((id) => ({
  ...{ id, status: 'failed', credit: 0, reason: '', substituted: [], seconds: 0, evidence: [] },
})) as Parameters<typeof scoreFindings>[1];
const outcomes = scoreFindings(assignment, findings, () => '');

const report: ScoreReport = {
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
const unpack = async (of: ScoreReport) =>
  unpackResult(await packResult({ type: 'graded', report: of }), job, assignment);

test('a result that was packed is the same when it is unpacked', async () => {
  expect(await unpack(report)).toMatchObject({ type: 'graded', report: { outcomes, totals: report.totals } });
});

test('points that a result claims are computed from its statuses', async () => {
  const rich = outcomes.map((outcome) => ({ ...outcome, points: 1000, earned: 1000 }));
  const claimed = { ...report, outcomes: rich, totals: { ...report.totals, earned: 1000 } };
  expect(await unpack(claimed)).toMatchObject({ report: { totals: { earned: 0 }, outcomes } });
});

test('what only people here can know is not taken from another machine', async () => {
  const given = { by: 'Mallory', at: '2026-01-01T00:00:00Z' };
  const late = { dueAt: given.at, handedInAt: given.at, seconds: 1, keep: 0, counts: 0 };
  const deducted = { points: 100, note: '', by: given.by };
  const claimed: ScoreReport = {
    ...report,
    submission: { ...report.submission, students: [{ name: 'Mallory', ids: {} }] },
    totals: { ...report.totals, late, deducted },
    outcomes: outcomes.map((outcome) => ({ ...outcome, given })),
  };
  expect(JSON.stringify(await unpack(claimed))).not.toContain('Mallory');
});

test.each<[string, Partial<ScoreReport>]>([
  ['another submission', { submission: { ...report.submission, digest: 'b'.repeat(64) } }],
  ['other inputs', { grading: { ...report.grading, seed: 6 } }],
  ['less isolation', { environment: { ...report.environment, isolation: { tier: 'reduced', means: [] } } }],
  ['fewer criteria', { outcomes: outcomes.slice(1) }],
  ['a criterion twice', { outcomes: [outcomes[0], ...outcomes.slice(0, -1)] }],
  ['another assignment', { assignment: { ...report.assignment, id: 'modular-nets' } }],
])('a result of %s is refused', async (_, change) => {
  await expect(unpack({ ...report, ...change })).rejects.toThrow('it is of other work; grade again');
});

test.each([
  ['no archive', Buffer.from('{}')],
  ['no JSON', gzipSync('{')],
  ['no result', gzipSync('{"type":"graded"}')],
  ['a bomb', gzipSync(Buffer.alloc(200_000_000))],
])('%s is refused', async (_, bytes) => {
  await expect(unpackResult(bytes, job, assignment)).rejects.toThrow('it is damaged; grade again');
});
