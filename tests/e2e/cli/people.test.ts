import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { zipOf } from '../support/archives.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const assignment = assignmentOf('conv2d-gemm');
const ONE = ['--only', 'im2mat.identity'];
const FILES = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
const hw = zipOf(Object.entries(FILES).map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
const under = (folder: string) =>
  Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`${folder}/${path}`, text]));

test.concurrent('a Canvas download goes back to Canvas, with a roster also with those who handed in nothing', () =>
  inFolder(
    {
      'canvas/lovelaceada_101_9001_hw.zip': hw,
      'canvas/turingalan_LATE_102_9002_hw-1.zip': hw,
      'canvas/hoppergrace_103_text.html': '<p>my code is at …</p>',
      'roster.csv':
        'Student,ID,SIS User ID,SIS Login ID,Section\n"Lovelace, Ada",101,0815,al,1\n"Turing, Alan",102,0816,at,1\n' +
        '"Hopper, Grace",103,0817,gh,1\n"Ñandú, José",104,0818,jn,1\n',
    },
    async (folder) => {
      const first = await runGrade(['class', 'canvas', ...ONE], folder);
      expect({ code: first.code, stderr: first.stderr }).toMatchObject({ code: 0 });
      const reports = ['lovelaceada-101', 'turingalan-102'].map((name) => `reports/canvas/${name}/report.json`);
      const { stdout } = await runGrade(['export', 'canvas', ...reports], folder);
      expect(stdout.split('\n').slice(2)).toEqual(['lovelaceada,101,,,,1', 'turingalan,102,,,,1', '']);

      const { code } = await runGrade(['class', 'canvas', ...ONE, '--roster', 'roster.csv'], folder);
      expect(code).toBe(0);
      const all = await runGrade(['export', 'canvas', 'reports/canvas/class.json'], folder);
      expect(all.stdout.split('\n').slice(2)).toEqual([
        'Ada Lovelace,101,0815,al,,1',
        'Alan Turing,102,0816,at,,1',
        'Grace Hopper,103,0817,gh,,',
        'José Ñandú,104,0818,jn,,',
        '',
      ]);
      expect(all.stderr).toContain(
        'without a score: Grace Hopper (no file was handed in, only a text), José Ñandú (handed in nothing)',
      );
      const csv = readFileSync(join(folder, 'reports/canvas/class.csv'), 'utf8');
      expect(csv.startsWith('\ufeffid,name,email,')).toBe(true);
      expect(csv).toContain('José Ñandú');
    },
  ),
);

test.concurrent('a report of what is handed in no more is not exported', () =>
  inFolder({ ...under('st/ada'), ...under('st/bob'), ...under('st/eve') }, async (folder) => {
    const report = (name: string, file = 'report.json') => join(folder, 'reports/st', name, file);
    await runGrade(['class', 'st', ...ONE, '--report', 'gradescope'], folder);
    expect(['ada', 'bob', 'eve'].map((name) => existsSync(report(name)))).toEqual([true, true, true]);
    rmSync(join(folder, 'st/ada/src'), { recursive: true });
    rmSync(join(folder, 'st/ada/motivation.md'), { force: true });
    writeFileSync(join(folder, 'st/ada/hw.rar'), 'Rar!');
    writeFileSync(join(folder, 'reports/st/ada/manual.json.txt'), 'kept');
    rmSync(join(folder, 'st/eve'), { recursive: true });
    const again = await runGrade(['class', 'st', ...ONE], folder);
    expect(again.stderr).toContain('not in the class any more, reports put away as report.earlier.json: eve');
    for (const name of ['ada', 'eve']) {
      expect(['report.json', 'gradescope.json'].map((file) => existsSync(report(name, file)))).toEqual([false, false]);
      expect(existsSync(report(name, 'report.earlier.json'))).toBe(true);
    }
    expect(existsSync(report('ada', 'manual.json.txt'))).toBe(true);
    const { stdout } = await runGrade(['export', 'nbgrader', 'reports/st/class.json'], folder);
    expect(stdout.split('\n').map((line) => line.split(',')[3])).toEqual(['student_id', 'bob', undefined]);
  }),
);

test.concurrent('each member of a team has a row, and what no student sent is named', () =>
  inFolder(
    {
      ...under('grp/submission_11'),
      'grp/submission_metadata.yml':
        "submission_11:\n  :created_at: 2026-11-20 09:00:00 Z\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '0815'\n" +
        "    :email: ada@example.org\n  - :name: Alan Turing\n    :sid: '0816'\n    :email: alan@example.org\nsubmission_12:\n  :submitters:\n",
      'grp/submission_12/notes.rar': 'Rar!',
    },
    async (folder) => {
      const { stderr } = await runGrade(['class', 'grp', ...ONE], folder);
      expect(stderr).toContain('submission_metadata.yml names nobody for submission_12');
      const { rows } = ClassReport.parse(JSON.parse(readFileSync(join(folder, 'reports/grp/class.json'), 'utf8')));
      expect(rows.map(({ status, students }) => [status, students.length])).toEqual([
        ['graded', 2],
        ['ungradable', 1],
      ]);
      expect(rows[1].message).toContain('.rar archives are not read');
      const { stdout } = await runGrade(['export', 'nbgrader', `reports/grp/${rows[0].folder}/report.json`], folder);
      await runGrade(['return', 'conv2d-gemm', '--as', 'gradescope', '--out', 'results'], folder);
      const results = (name: string) => readFileSync(join(folder, 'results', name, 'results.json'), 'utf8');
      expect(JSON.parse(results('submission_11'))).toMatchObject({ score: 1, tests: [{ score: 1, max_score: 1 }] });
      expect(JSON.parse(results('submission_12'))).toMatchObject({ score: 0, tests: [] });
      expect(results('submission_12')).toContain('.rar archives are not read');
      const people = stdout.split('\n').map((line) => line.split(','));
      expect(people.slice(1, 3).map((cells) => [cells[3], cells[6]])).toEqual([
        ['0815', 'ada@example.org'],
        ['0816', 'alan@example.org'],
      ]);
    },
  ),
);

test.concurrent('a roster’s sections and teams are kept, and serve a class that is graded again without it', () =>
  inFolder(
    {
      ...under('hw/Team A'),
      ...under('hw/00123'),
      'roster.csv':
        'name,id,team,section\n"=cmd, Ada",00123,,Lab 2\nAlan Turing,00124,Team A,Lab 1\n"Ñandú, José",00125,Team A,"Lab 1; Lab 2"\n' +
        'Eve,00126,,Lab 1\n',
    },
    async (folder) => {
      const people = async (...args: string[]) => {
        const { stdout } = await runGrade(['gradebook', '--json', ...args], folder);
        const { students } = JSON.parse(stdout) as {
          students: {
            name: string;
            ids: object;
            section: string;
            team?: string;
            assignments: { attempts: number }[];
          }[];
        };
        return students.map(({ name, ids, section, team, assignments }) => [
          name,
          ids,
          section,
          team,
          assignments[0].attempts,
        ]);
      };
      await runGrade(['class', 'hw', ...ONE, '--roster', 'roster.csv'], folder);
      const all = [
        ['Ada =cmd', { sid: '00123' }, 'Lab 2', undefined, 1],
        ['Alan Turing', { sid: '00124' }, 'Lab 1', 'Team A', 1],
        ['Eve', { sid: '00126' }, 'Lab 1', undefined, 0],
        ['José Ñandú', { sid: '00125' }, 'Lab 1; Lab 2', 'Team A', 1],
      ];
      expect(await people()).toEqual(all);
      const again = await runGrade(['class', 'hw', ...ONE], folder);
      expect(again.stderr.match(/graded before/gu)).toHaveLength(2);
      expect(await people()).toEqual(all);
      const { rows } = ClassReport.parse(JSON.parse(readFileSync(join(folder, 'reports/hw/class.json'), 'utf8')));
      expect(rows.map(({ name, status }) => [name, status])).toEqual([
        ['Ada =cmd', 'graded'],
        ['Alan Turing, José Ñandú', 'graded'],
        ['Eve', 'absent'],
      ]);
      // Another class of the course may be of some students only.
      cpSync(join(folder, 'hw/00123'), join(folder, 'late/00123'), { recursive: true });
      await runGrade(['class', 'late', ...ONE], folder);
      const late = ClassReport.parse(JSON.parse(readFileSync(join(folder, 'reports/late/class.json'), 'utf8')));
      expect(late.rows.map(({ name }) => name)).toEqual(['Ada =cmd']);

      expect(await people('--section', 'lab 2')).toEqual([all[0], all[3]]);
      const { stdout } = await runGrade(['gradebook', '--csv', '--section', 'Lab 2'], folder);
      expect(stdout.split('\n').map((line) => line.split(',').slice(0, 5).join())).toEqual([
        '\ufeffname,ids,email,section,team',
        'Ada =cmd,00123,,Lab 2,',
        'José Ñandú,00125,,Lab 1; Lab 2,Team A',
        '',
      ]);
      expect((await runGrade(['history', '00123'], folder)).stdout).toMatch(/^Ada =cmd \(sid 00123\)\n/);
      expect(await runGrade(['gradebook', '--section', '3'], folder)).toMatchObject({
        code: 2,
        stderr: 'grade: --section 3: no such section; available: Lab 1, Lab 1; Lab 2, Lab 2\n',
      });
    },
  ),
);

test.concurrent('who shares a name and has no id is named by the report, in every command', () =>
  inFolder({ ...under('hw/ada'), 'hw/ada.zip': hw }, async (folder) => {
    await runGrade(['class', 'hw', ...ONE, '-o', 'out/hw'], folder);
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runGrade([...args, '--gradebook', 'out/gradebook.db'], folder);
      return [code, stderr === '' ? stdout.split('\n')[0] : stderr];
    };
    const give = ['--by', 'Grace', '--note', 'as agreed'];
    expect(await run('manual', 'out/hw/ada.2', 'question3.motivation', '4', ...give)).toEqual([
      0,
      'question3.motivation: 4 of 5, given by Grace',
    ]);
    expect(await run('deduct', 'out/hw/ada/report.json', '0.5', ...give)).toEqual([
      0,
      '0.5 deducted from the total, by Grace',
    ]);
    expect(await run('history', 'ada')).toMatchObject([2, expect.stringContaining('ada could be ada, ada')]);
    for (const [name, given] of Object.entries({ 'ada.2': 'points', 'ada/report.json': 'deduction' })) {
      const { stdout } = await runGrade(['history', `out/hw/${name}`, '--gradebook', 'out/gradebook.db'], folder);
      expect([name, stdout.match(/points(?=:)|deduction(?=:)/gu)]).toEqual([name, [given]]);
    }
  }),
);
