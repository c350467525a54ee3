import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordAttempt } from '../../../grader/gradebook/store/recordAttempt.ts';
import { CourseGradebook } from '../../../grader/gradebook/store/CourseGradebook.ts';
import { recordSlipDays } from '../../../grader/gradebook/store/slipDays.ts';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const assignment = assignmentOf('simple-conv-net');
const right = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
/** Quick to examine; worth 4.8 points. */
const ONLY = ['--assignment', 'simple-conv-net', '--only', 'sizes'];
const DUE = ['--due', '2026-11-20T09:00Z'];

const under = (folder: string) =>
  Object.fromEntries(Object.entries(right).map(([path, text]) => [`${folder}/${path}`, text]));

test.each([
  ['in time', '2026-11-20T10:00+01:00', /Score {2}4\.8 of 4\.8, 95\.2 not examined/],
  ['within a week', '2026-11-22T10:00Z', /Score {2}4\.8 of 4\.8, late by 2 days 1 hour: 50 % counts, 2\.4 points,/],
  ['after it', '2026-12-04T09:00Z', /Score {2}4\.8 of 4\.8, late by 14 days: nothing counts,/],
])(
  'work that is %s is reported and counts according to the late policy',
  (_, handedIn, line) =>
    inFolder(under('ada'), async (folder) => {
      const { code, stdout, stderr } = await runGrade(['ada', ...ONLY, ...DUE, '--handed-in', handedIn], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(line);
    }),
  600_000,
);

test(
  'lateness is kept when the same work is graded again without its times',
  () =>
    inFolder(under('ada'), async (folder) => {
      await runGrade(['ada', ...ONLY, ...DUE, '--handed-in', '2026-11-22T10:00Z'], folder);
      const { code, stdout } = await runGrade(['ada', ...ONLY], folder);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('50 % counts') as unknown });
    }),
  600_000,
);

test(
  'an extension, and points that a person gives, are part of what counts',
  () =>
    inFolder({ ...under('ada'), 'course.yaml': 'extensions: { ada: 1 day }' }, async (folder) => {
      const times = [...DUE, '--handed-in', '2026-11-22T09:00Z', '--deadlines', 'course.yaml'];
      await runGrade(['ada', ...ONLY, 'theory.backward', ...times], folder);
      await runGrade(['manual', 'ada', 'theory.backward', '10', '--note', 'half of it', '--by', 'Grace'], folder);
      const { totals } = ScoreReport.parse(JSON.parse(readFileSync(join(folder, 'reports/ada/report.json'), 'utf8')));
      expect(totals).toMatchObject({ earned: 14.8, late: { seconds: 86_400, keep: 0.5, counts: 7.4 } });
      expect(readFileSync(join(folder, 'reports/ada/report.html'), 'utf8')).toContain('50 % counts, 7.4 points');
    }),
  600_000,
);

const CLASS = {
  ...under('class/ada'),
  ...under('class/bob'),
  ...under('class/cleo'),
  ...under('class/dan'),
  'course.yaml': `zone: Europe/Berlin\ndue: 2026-11-20T10:00\nextensions:\n  cleo: 3 days\n  zoe: 1 day\nhandedIn:\n  ada: 2026-11-20T09:59\n  bob: 2026-11-20T08:00Z\n`,
  // As a German spreadsheet saves it. Bob handed in twice, and nobody wrote when Dan did.
  'times.csv':
    '\ufeffname;student;handedIn\r\nBob;bob;2026-11-22T10:00\r\nBob;bob;2026-11-19T10:00\r\nCleo;cleo;2026-11-22T09:00Z\r\nDan;dan;\r\n',
};

test(
  'a class reads its hand-in times from a file, and each student’s extension',
  () =>
    inFolder(CLASS, async (folder) => {
      const deadlines = ['--deadlines', 'course.yaml', '--handed-in', 'times.csv'];
      const { code, stderr } = await runGrade(['class', 'class', ...ONLY, ...deadlines], folder);
      expect(code).toBe(0);
      expect(stderr).toContain('names in the deadlines that match no submission: zoe');
      expect(stderr).toContain('hand-in times that cannot be read: dan ("" at times.csv:5)');
      expect(stderr).toContain('treated as in time, because the hand-in time is unknown: dan');
      const out = join(folder, 'reports/class');
      const { rows } = ClassReport.parse(JSON.parse(readFileSync(join(out, 'class.json'), 'utf8')));
      expect(rows.map(({ name, totals }) => [name, totals?.late?.counts])).toEqual([
        ['ada', undefined],
        ['bob', 2.4],
        ['cleo', undefined],
        ['dan', undefined],
      ]);
      expect(readFileSync(join(out, 'class.csv'), 'utf8')).toContain('bob,bob,,late,graded,4.8,4.8,0,0,100,2.4,');
    }),
  600_000,
);

test(
  'who is new in a later download is late by the due date that was given before, and in its zone',
  () =>
    inFolder({ ...under('class/ada'), 'times.csv': 'student,handedIn\nbob,2026-11-22T09:30\n' }, async (folder) => {
      await runGrade(['class', 'class', ...ONLY, '--due', '2026-11-20T09:00 Europe/Berlin'], folder);
      cpSync(join(folder, 'class/ada'), join(folder, 'class/bob'), { recursive: true });
      const { code, stderr } = await runGrade(['class', 'class', ...ONLY, '--handed-in', 'times.csv'], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('cannot be read') as unknown });
      const { rows } = ClassReport.parse(JSON.parse(readFileSync(join(folder, 'reports/class/class.json'), 'utf8')));
      expect(rows.map(({ name, totals }) => [name, totals?.late?.seconds])).toEqual([
        ['ada', undefined],
        ['bob', 2 * 86_400 + 1800],
      ]);
    }),
  600_000,
);

test(
  'invalid times are refused in one line, with file and line',
  () =>
    inFolder(
      {
        ...under('class/ada'),
        'other.csv': 'who,when\n',
        'course.yaml': 'due: 2026-11-20\n',
      },
      async (folder) => {
        const cases: [args: string[], message: RegExp][] = [
          [['class', 'class', '--handed-in', 'other.csv'], /other\.csv:1: must have the columns student and handedIn/],
          [['class', 'class', '--handed-in', 'no.csv'], /no\.csv: cannot be read: no such file/],
          [['class', 'class', '--deadlines', 'course.yaml'], /course\.yaml:1:6: due: "2026-11-20" must be a date/],
          [['class/ada', '--due', 'tomorrow'], /--due tomorrow: must be a date and a time that exist, with a zone/],
          [['class/ada', ...DUE], /the hand-in time is unknown; set --handed-in/],
          [['class/ada', '--handed-in', '2026-11-20T09:00Z'], /--handed-in needs a due date/],
        ];
        for (const [args, message] of cases) {
          const { code, stdout, stderr } = await runGrade([...args, ...ONLY], folder);
          expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
          expect(stderr).toMatch(message);
          expect(stderr.trim()).not.toContain('\n');
        }
      },
    ),
  600_000,
);

test(
  'slip days that a student spent on another assignment are spent, unless the course’s file says otherwise',
  () =>
    inFolder({ ...under('class/ada'), ...under('class/bob') }, async (folder) => {
      mkdirSync(join(folder, 'reports'));
      const book = await CourseGradebook.open(join(folder, 'reports/gradebook.db'), folder);
      const ada = { students: [{ name: 'ada', ids: {} }], digest: 'd', received: undefined, due: undefined };
      const work = { ...ada, source: 'ada', folder: '' };
      const { attempt } = await recordAttempt(book, 'earlier-homework', work, new Set());
      await book.write(async (db) => {
        await recordSlipDays(db, attempt.id, 2);
        await db.updateTable('attempts').set({ state: 'graded', score: 1 }).where('id', '=', attempt.id).execute();
      });
      await book.close();

      const lateBy = async (slipDays: string) => {
        writeFileSync(
          join(folder, 'course.yaml'),
          `due: 2026-11-20T09:00Z\nslipDays: ${slipDays}\n` +
            'handedIn: { ada: 2026-11-22T08:00Z, bob: 2026-11-22T08:00Z }\n',
        );
        await runGrade(['class', 'class', ...ONLY, '--deadlines', 'course.yaml'], folder);
        const { rows } = ClassReport.parse(JSON.parse(readFileSync(join(folder, 'reports/class/class.json'), 'utf8')));
        return rows.map(({ totals }) => [totals?.late?.slipDays, totals?.late?.slipDaysUsed, totals?.late?.keep]);
      };
      expect(await lateBy('{ allowed: 3 }')).toEqual([
        [1, undefined, 0.5],
        [3, 2, 1],
      ]);
      expect(await lateBy('{ allowed: 3, used: { ada: 1 } }')).toEqual([
        [2, 2, 1],
        [3, 2, 1],
      ]);
    }),
  600_000,
);
