import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { ScoreReport } from '../model/report.ts';
import { packResult, unpackResult } from './packedResult.ts';
import { assignment, job, report } from '../../tests/e2e/support/exampleResult.ts';

const { outcomes } = report;

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
