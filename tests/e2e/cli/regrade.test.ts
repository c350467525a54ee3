import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import Libsql from 'libsql';
import { expect, test } from '@jest/globals';
import { rubricDigest } from '../../../grader/engine/gradingKey.ts';
import { resultIdOf } from '../../../grader/gradebook/store/results.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const QUICK = ['--assignment', 'conv2d-gemm', '--only', 'im2mat.identity', 'question3.motivation'];
const BY = ['--by', 'Grace'];

async function ok(args: readonly string[], folder: string): Promise<Run> {
  const run = await runGrade(args, folder);
  expect({ code: run.code, stderr: run.code === 0 ? '' : run.stderr }).toEqual({ code: 0, stderr: '' });
  return run;
}

/** As if an earlier version of the grader had found this of the one criterion that the machine examines. */
function gradedBefore(folder: string, points: 0 | 1): void {
  const file = new Libsql(join(folder, 'reports/gradebook.db'));
  const results = file.prepare('select id, attempt, report, gradings from results').all() as Record<
    'id' | 'attempt' | 'report' | 'gradings',
    string
  >[];
  const rubric = rubricDigest(assignmentOf('conv2d-gemm'));
  for (const { id, attempt, report, gradings } of results) {
    const path = join(folder, 'reports/gradebook/reports', report.slice(0, 2), `${report}.json.gz`);
    const found = ScoreReport.parse(JSON.parse(gunzipSync(readFileSync(path)).toString()));
    const outcomes = found.outcomes.map((outcome) =>
      outcome.kind === 'manual'
        ? outcome
        : { ...outcome, status: points === 1 ? ('passed' as const) : ('failed' as const), earned: points },
    );
    writeFileSync(path, gzipSync(JSON.stringify({ ...found, outcomes })));
    file
      .prepare('update gradings set grader_sources = ?, key = ? where key = ?')
      .run('older', `old${gradings}`, gradings);
    const old = resultIdOf({ attempt, gradings: [`old${gradings}`], rubric });
    file.prepare('update results set id = ?, gradings = ? where id = ?').run(old, `old${gradings}`, id);
    file.prepare('update attempts set result = ? where result = ?').run(old, id);
    file.prepare('update outcomes set result = ? where result = ?').run(old, id);
    file
      .prepare('update outcomes set earned = ? where result = ? and criterion = ?')
      .run(points, old, 'im2mat.identity');
  }
  file.close();
}

const earned = (folder: string, name: string) =>
  ScoreReport.parse(JSON.parse(readFileSync(join(folder, 'reports/hw', name, 'report.json'), 'utf8'))).totals.earned;

const total = async (folder: string, name: string) => {
  const { stdout } = await ok(['gradebook', '--json'], folder);
  const { students } = JSON.parse(stdout) as { students: { name: string; total: number }[] };
  return students.find((student) => student.name === name)?.total;
};

test(
  'a regrading shows who gains and why, changes nothing until it is applied, and is undone by one command',
  () =>
    inFolder({}, async (folder) => {
      for (const name of ['ada', 'bob']) cpSync(SUBMISSION, join(folder, 'hw', name), { recursive: true });
      appendFileSync(join(folder, 'hw/bob/motivation.md'), '\nby bob\n');
      await ok(['class', 'hw', ...QUICK], folder);
      await ok(['manual', 'ada', 'question3.motivation', '4', '--note', 'good', ...BY], folder);
      await ok(['regrade', 'conv2d-gemm', ...BY], folder).then(({ stdout }) =>
        expect(stdout).toBe('2 attempts unchanged\n'),
      );
      gradedBefore(folder, 0);
      await ok(['override', 'bob', 'question3.motivation', '2', '--note', 'short', ...BY], folder);
      await ok(['comment', 'ada', 'Well done.', ...BY], folder);
      const shown = await ok(['regrade', 'conv2d-gemm', ...BY, '--json', '--html', 'diff.html'], folder);
      const { items } = JSON.parse(shown.stdout) as {
        items: { students: string; before: number; after: number; because: string[] }[];
      };
      expect(items.map(({ students, before, after }) => [students, before, after])).toEqual([
        ['ada', 4, 5],
        ['bob', 2, 3],
      ]);
      // The strict tier may reach the temporary folder of a regrading, and not that of this class.
      expect(items[0].because.filter((reason) => reason !== 'isolation')).toEqual(['grader']);
      expect(items[0]).toMatchObject({
        criteria: [{ id: 'im2mat.identity', before: '0 of 1', after: '1 of 1' }],
      });
      expect(readFileSync(join(folder, 'diff.html'), 'utf8')).toContain('im2mat.identity');
      expect(await total(folder, 'ada')).toBe(4);

      const applied = await ok(['regrade', 'conv2d-gemm', '--apply', ...BY], folder);
      expect(applied.stdout).toContain('2 gain 2 points in all; 0 attempts unchanged\nApplied to 2 attempts');
      expect(await total(folder, 'ada')).toBe(5);
      expect(earned(folder, 'ada')).toBe(5);
      await ok(['regrade', 'conv2d-gemm', '--undo', ...BY], folder);
      expect(await total(folder, 'ada')).toBe(4);
      expect(earned(folder, 'ada')).toBe(4);
      // Grading the class anew keeps what was decided.
      const again = await ok(['class', 'hw', '--assignment', 'conv2d-gemm', '--only', 'im2mat.identity'], folder);
      expect(again.stderr).not.toContain('failed');
      expect(await total(folder, 'ada')).toBe(4);
      const history = await ok(['history', 'ada'], folder);
      expect(history.stdout).toMatch(/regraded: 0 → 1, undone \d{4}-\d\d-\d\d, by Grace/);
      expect(history.stdout).toMatch(/points: question3\.motivation: 4 \(good\), by Grace/);
    }),
  600_000,
);
