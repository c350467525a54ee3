import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import Libsql from 'libsql';
import { rubricDigest } from '../../../grader/engines/gradingKey.ts';
import { resultIdOf } from '../../../grader/gradebook/store/results.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { assignmentOf } from './gradeFiles.ts';

/** As if an earlier version of the grader had found this of the one criterion that the machine examines. */
export function gradedBefore(folder: string, points: 0 | 1): void {
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
