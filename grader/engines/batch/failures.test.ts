import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { digestOfSubmission } from '../../intake/digestOfSubmission.ts';
import type { ScoreReport } from '../../model/report.ts';
import type { Made } from '../Engine.ts';
import { gradingKey } from '../gradingKey.ts';
import type { Job } from '../Job.ts';
import { assignment, job as exampleJob, report as exampleReport } from '../../../tests/e2e/support/exampleResult.ts';
import { BatchEngine } from './BatchEngine.ts';
import { BatchFolder } from './BatchFolder.ts';
import { runTask } from './runTask.ts';

const files = new Map([['src/a.ts', '']]);
const digest = digestOfSubmission({ files, unusable: new Map() });
const key = gradingKey({ ...exampleJob, submission: digest });
const job: Job = { ...exampleJob, key, submission: { ...exampleJob.submission, digest } };
const whole: ScoreReport = { ...exampleReport, submission: { ...exampleReport.submission, digest } };
const [first, ...others] = whole.outcomes;
/** The grader failed at one criterion of it. */
const inPart: ScoreReport = { ...whole, outcomes: [{ ...first, status: 'grader-error', reason: 'boom' }, ...others] };

/** Runs the task of the job, and collects its result. */
async function collected(folder: BatchFolder, gradeOne: () => Promise<Made>): Promise<Made> {
  await runTask({
    ...{ folder, assignment, program: job.program, gemm: job.gemm, isolation: job.isolation, pass: 'untimed', task: 0 },
    ...{ signal: new AbortController().signal, note: () => {}, gradeOne },
  });
  const engine = new BatchEngine(folder, assignment, new Set([job.key]));
  await engine.submit([{ job, files }]);
  for await (const { made } of engine.results()) return made;
  throw new Error('nothing was delivered');
}

test('what the grader fails at has a reason or a part, until the task succeeds', async () => {
  const out = mkdtempSync(join(tmpdir(), 'im2grade-batch-'));
  try {
    const folder = new BatchFolder(out);
    await folder.begin();
    await folder.submissions.writeAs(digest, JSON.stringify([...files]));
    await folder.writeTask('untimed', 0, [job]);
    const lost = await collected(folder, () => Promise.reject(new Error('no compiler')));
    expect(lost).toMatchObject({ type: 'failed', error: { message: 'no compiler' } });
    const part = await collected(folder, async () => ({ type: 'graded', report: inPart }));
    expect(part.type === 'graded' && part.report.outcomes[0]).toMatchObject({ status: 'grader-error', reason: 'boom' });
    expect(folder.hasResult(job.key)).toBe(false);
    const made = await collected(folder, async () => ({ type: 'graded', report: whole }));
    expect(made).toMatchObject({ type: 'graded', report: { outcomes: whole.outcomes } });
    expect([folder.hasResult(job.key), await folder.failure(job.key)]).toEqual([true, undefined]);
  } finally {
    rmSync(out, { recursive: true });
  }
});
