import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { toJson } from '../../../grader/report/json/writeJson.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const ID = 'question3.motivation';
const SOME = ['--only', ID, 'im2mat.identity'];

const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const namesIn = (...path: string[]): string[] => readdirSync(join(...path)).sort();
const reportIn = (...path: string[]): ScoreReport => ScoreReport.parse(JSON.parse(textOf(...path)));

/** Turns a report of some criteria into one of all, because a full grading takes long. */
function makeFull(file: string): void {
  const report = reportIn(file);
  writeFileSync(file, toJson({ ...report, grading: { ...report.grading, only: [] } }));
}

test('a grading with --only is saved next to a full report, and points given by hand count in both', () =>
  inFolder({}, async (folder) => {
    const reports = join(folder, 'reports/complete');
    await runGrade([COMPLETE, ...SOME, '--report', 'junit'], folder);
    expect(namesIn(reports)).toEqual(['junit.xml', 'report.html', 'report.json']);
    makeFull(join(reports, 'report.json'));
    await runGrade(['manual', COMPLETE, ID, '4', '--note', 'good', '--by', 'Grace'], folder);
    const kept = ['report.json', 'report.html', 'junit.xml'];
    const before = kept.map((name) => textOf(reports, name));

    const { code, stdout } = await runGrade([COMPLETE, ...SOME, '--report', 'junit', '--report', 'json'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('reports/complete/report.only.json');
    expect(stdout).toContain('Only some criteria were examined; the full report is unchanged.');
    expect(kept.map((name) => textOf(reports, name))).toEqual(before);
    expect(namesIn(reports)).toEqual(
      ['junit.only.xml', 'manual.json', 'report.only.html', 'report.only.json', ...kept].sort(),
    );
    const part = reportIn(reports, 'report.only.json');
    expect(part.grading.only).toEqual(SOME.slice(1));
    expect(part.outcomes.find(({ id }) => id === ID)).toMatchObject({ earned: 4, given: { by: 'Grace' } });
  }));

test('a class that is graded with --only leaves the full class report and every student’s unchanged', () =>
  inFolder({}, async (folder) => {
    cpSync(COMPLETE, join(folder, 'hw/ada'), { recursive: true });
    const reports = join(folder, 'reports/hw');
    const command = ['class', 'hw', ...SOME, '--report', 'junit'];
    await runGrade(command, folder);
    const classReport = ClassReport.parse(JSON.parse(textOf(reports, 'class.json')));
    writeFileSync(join(reports, 'class.json'), JSON.stringify({ ...classReport, only: [] }));
    makeFull(join(reports, 'ada/report.json'));
    const kept = ['class.json', 'class.csv', 'class.html', 'ada/report.json', 'ada/report.html', 'ada/junit.xml'];
    const before = kept.map((name) => textOf(reports, name));

    const { code, stdout } = await runGrade(command, folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('reports/hw/class.only.csv') as unknown,
    });
    expect(kept.map((name) => textOf(reports, name))).toEqual(before);
    expect(namesIn(reports).filter((name) => name.startsWith('class.only'))).toHaveLength(3);
    expect(namesIn(reports, 'ada').filter((name) => name.includes('.only'))).toEqual([
      'junit.only.xml',
      'report.only.html',
      'report.only.json',
    ]);
  }));

test('an export warns of submissions that were examined in part, and of pending points', () =>
  inFolder({}, async (folder) => {
    await runGrade([COMPLETE, ...SOME], folder);
    for (const format of ['canvas', 'junit']) {
      const { code, stderr } = await runGrade(['export', format, 'reports/complete/report.json'], folder);
      expect({ code, lines: stderr.trimEnd().split('\n') }).toEqual({
        code: 0,
        lines: [
          'grade: examined only in part, the exported scores cover that part only: complete',
          `grade: pending, not in the exported scores: ${ID}, 5 for complete`,
        ],
      });
    }
  }));
