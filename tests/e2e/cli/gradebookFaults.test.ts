import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Libsql from 'libsql';
import { expect, test } from '@jest/globals';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade, startGrade } from '../support/runGrade.ts';
import { fill, noSmallDisk, withSmallDisk } from '../support/smallDisk.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const MOTIVATION = 'question3.motivation';
const CLASS = ['class', 'hw', '--assignment', 'conv2d-gemm', '--only', 'im2mat.identity', MOTIVATION];
const STUDENTS = ['ada', 'bob', 'carl'];
/** How often a command is killed; KILLS=50 tries harder. */
const KILLS = Number(process.env['KILLS'] ?? 10);
const LONGEST_MS = 2500;

const manual = (student: string, note: string) => ['manual', student, MOTIVATION, '3', '--note', note, '--by', 'Grace'];

function makeClass(folder: string): void {
  for (const name of STUDENTS) {
    cpSync(SUBMISSION, join(folder, 'hw', name), { recursive: true });
    writeFileSync(join(folder, 'hw', name, 'motivation.md'), `by ${name}\n`);
  }
}

interface Counts {
  readonly attempts: number;
  readonly students: number;
  readonly notes: readonly string[];
}

/** What a gradebook has; throws if it is damaged, or refers to a report that is. */
function checked(folder: string): Counts {
  const file = new Libsql(join(folder, 'reports/gradebook.db'));
  try {
    const all = (query: string) => file.prepare(query).all() as Record<string, string>[];
    expect(Object.values(all('pragma integrity_check')[0])).toEqual(['ok']);
    for (const { report } of all("select report from gradings where report <> '' union select report from results")) {
      const path = join(folder, 'reports/gradebook/reports', report.slice(0, 2), `${report}.json.gz`);
      ScoreReport.parse(JSON.parse(gunzipSync(readFileSync(path)).toString()));
    }
    expect(all("select * from attempts where result <> '' and result not in (select id from results)")).toEqual([]);
    expect(all('select r.id from results r left join outcomes o on o.result = r.id where o.result is null')).toEqual(
      [],
    );
    return {
      attempts: all('select id from attempts').length,
      students: all('select id from students').length,
      notes: all('select note from entries').map(({ note }) => note),
    };
  } finally {
    file.close();
  }
}

test(
  'SIGKILL at random moments of class, manual and regrade: nothing is lost, doubled or half written',
  () =>
    inFolder({}, async (folder) => {
      makeClass(folder);
      const [recorded, tried]: [string[], string[]] = [[], []];
      for (let i = 0; i < KILLS; i++) {
        const note = `note ${i}`;
        const commands = [CLASS, manual(STUDENTS[i % 3], note), ['regrade', 'conv2d-gemm', '--apply', '--by', 'Grace']];
        const command = commands[i % 3];
        if (command[0] === 'manual') tried.push(note);
        const { child, ended } = startGrade(command, folder);
        const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * LONGEST_MS);
        const { stdout } = await ended;
        clearTimeout(timer);
        if (stdout.includes('Saved in')) recorded.push(note);
      }
      expect((await runGrade(CLASS, folder)).code).toBe(0);
      const last = await runGrade(manual('ada', 'the last one'), folder);
      expect({ code: last.code, stderr: last.stderr }).toEqual({ code: 0, stderr: '' });
      const { attempts, students, notes } = checked(folder);
      expect({ attempts, students }).toEqual({ attempts: 3, students: 3 });
      expect(notes).toEqual(expect.arrayContaining([...recorded, 'the last one']));
      expect(new Set(notes).size).toBe(notes.length);
      expect(notes.filter((note) => !tried.includes(note))).toEqual(['the last one']);
      for (const name of STUDENTS)
        ScoreReport.parse(JSON.parse(readFileSync(join(folder, 'reports/hw', name, 'report.json'), 'utf8')));
    }),
  300_000 + KILLS * 20_000,
);

test(
  'commands at once on one gradebook are all right: each waits for the others',
  () =>
    inFolder({}, async (folder) => {
      makeClass(folder);
      await runGrade(CLASS, folder);
      const notes = ['one', 'two', 'three', 'four'];
      const runs = notes.map((note, i) => startGrade(manual(STUDENTS[i % 3], note), folder).ended);
      const results = await Promise.all([...runs, startGrade(CLASS, folder).ended]);
      expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
      expect([...checked(folder).notes].sort()).toEqual([...notes].sort());
    }),
  300_000,
);

const noDisk = await noSmallDisk();
if (noDisk !== undefined) test.skip(noDisk, () => {});

(noDisk === undefined ? test : test.skip)(
  'a disk that is full when points are given or a class is graded loses nothing that was recorded',
  () =>
    withSmallDisk(2500, (disk, grow) =>
      inFolder({}, async (folder) => {
        makeClass(folder);
        const grade = () => runGrade([...CLASS, '--out', join(disk, 'reports/hw')], folder);
        const give = (note: string) =>
          runGrade([...manual('ada', note), '--gradebook', join(disk, 'reports/gradebook.db')], folder);
        expect((await grade()).code).toBe(0);
        expect((await give('before')).code).toBe(0);
        fill(disk);
        for (const { code, stderr } of [await give('while full'), await grade()]) {
          expect([2, 3]).toContain(code);
          expect(stderr).toMatch(/full|make room/);
          expect(stderr).not.toMatch(/ungradable|itself failed/);
        }
        grow();
        expect((await give('after')).code).toBe(0);
        expect((await grade()).code).toBe(0);
        const { attempts, notes } = checked(disk);
        expect(attempts).toBe(3);
        expect(notes).toEqual(expect.arrayContaining(['before', 'after']));
      }),
    ),
  300_000,
);
