import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Leaderboard } from '../../../grader/model/leaderboard.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';
import { TOWER_COURSE, towerOf } from './towerCourse.ts';

const MOST_MS = 600_000;
const COURSE = ['--course', 'course'];
const BY = ['--by', 'Grace'];
const ROSTER = `name,id,team
Ada <b>Lovelace</b>,ada,T1
Bob,bob,T1
Eve,eve,
Mila,mila,
Lowe,lowe,
`;

async function ok(folder: string, ...args: string[]): Promise<Run> {
  const run = await runGrade([...args, ...COURSE], folder);
  expect({ args, code: run.code, stderr: run.code === 0 ? '' : run.stderr }).toEqual({ args, code: 0, stderr: '' });
  return run;
}

function handIn(folder: string, heights: Readonly<Record<string, number>>): void {
  for (const [name, height] of Object.entries(heights)) {
    mkdirSync(join(folder, 'hw', name, 'src'), { recursive: true });
    writeFileSync(join(folder, 'hw', name, 'src/height.ts'), towerOf(height));
  }
}

const textOf = (folder: string, name: string): string => readFileSync(join(folder, 'reports/hw', name), 'utf8');
const boardIn = (folder: string): Leaderboard => Leaderboard.parse(JSON.parse(textOf(folder, 'leaderboard.json')));

async function totals(folder: string): Promise<Record<string, number>> {
  const { students } = JSON.parse((await ok(folder, 'gradebook', '--json')).stdout) as {
    students: { ids: { sid: string }; total: number }[];
  };
  return Object.fromEntries(students.map(({ ids, total }) => [ids.sid, total]));
}

const gradeClass = (folder: string) => ok(folder, 'class', 'hw', '--roster', 'roster.csv');

test(
  'a class has a leaderboard without names, and its best get a bonus that stays until it is given anew',
  () =>
    inFolder({ ...TOWER_COURSE, 'roster.csv': ROSTER }, async (folder) => {
      handIn(folder, { ada: 12.04, eve: 10.26, mila: 10.24, lowe: 3 });
      const { stdout } = await gradeClass(folder);
      expect(stdout).toContain('leaderboard.html');
      const { rows, open } = boardIn(folder);
      expect(rows.map(({ place, value, bonus }) => [place, value, bonus])).toEqual([
        [1, 12.04, 0],
        [2, 10.26, 0],
        [3, 10.24, 0],
      ]);
      expect(open).toBe(0);
      const published = ['leaderboard.html', 'leaderboard.csv', 'leaderboard.json'].map((name) => textOf(folder, name));
      for (const text of published)
        expect(text).not.toMatch(/Ada|Lovelace|Bob|Eve|Mila|Lowe|\b(ada|bob|eve|mila|lowe)\b/u);
      const names = textOf(folder, 'leaderboard-names.csv');
      expect(names).toContain(`1,${rows[0].pseudonym},Ada <b>Lovelace</b>,ada`);
      expect(names).toContain(`1,${rows[0].pseudonym},Bob,bob`);
      expect(await totals(folder)).toEqual({ ada: 1, bob: 1, eve: 1, mila: 1, lowe: 0 });

      // Nothing is measured twice, and the same class gives the same files.
      expect((await gradeClass(folder)).stderr).not.toContain('measuring');
      expect(['leaderboard.html', 'leaderboard.csv', 'leaderboard.json'].map((name) => textOf(folder, name))).toEqual(
        published,
      );

      const shown = await ok(folder, 'leaderboard', 'tower', ...BY);
      expect(shown.stdout.replaceAll(/ +/gu, ' ')).toContain('1 Ada <b>Lovelace</b>, Bob');
      expect(shown.stderr).toContain('no bonus was changed; --apply gives it');
      const given = await ok(folder, 'leaderboard', 'tower', '--apply', ...BY);
      expect(given.stdout).toContain('Changed 2 bonuses; grade leaderboard tower --undo takes it back');
      const best = { ada: 1.5, bob: 1.5, eve: 1.25, mila: 1, lowe: 0 };
      expect(await totals(folder)).toEqual(best);
      expect((await ok(folder, 'leaderboard', 'tower', '--apply', ...BY)).stdout).toContain('No bonus changes');
      expect((await ok(folder, 'history', 'bob')).stdout).toContain(
        'bonus: the whole work: 0.5 (place 1 on the leaderboard, height of the tower 12.0), by Grace',
      );
      expect((await ok(folder, 'export', 'canvas', '--assignment', 'tower')).stdout).toContain(',1.5\n');
      expect((await ok(folder, 'regrade', 'tower', ...BY)).stdout).toBe('4 attempts unchanged\n');

      // Somebody hands in later: scores stay as they are.
      writeFileSync(join(folder, 'roster.csv'), `${ROSTER}Zed,zed,\n`);
      handIn(folder, { zed: 20 });
      await gradeClass(folder);
      expect(boardIn(folder).rows.map(({ place, value, bonus }) => [place, value, bonus])).toEqual([
        [1, 20, 0],
        [2, 12.04, 0.5],
        [3, 10.26, 0.25],
        [4, 10.24, 0],
      ]);
      expect(await totals(folder)).toEqual({ ...best, zed: 1 });
      await ok(folder, 'leaderboard', 'tower', '--apply', '--never-lower', ...BY);
      expect(await totals(folder)).toEqual({ ...best, zed: 1.5 });
      await ok(folder, 'leaderboard', 'tower', '--undo', ...BY);
      expect(await totals(folder)).toEqual({ ...best, zed: 1 });

      // Somebody leaves the course, and somebody has copied.
      await ok(folder, 'deduct', 'mila', '1', '--note', 'copied', ...BY);
      const left = await ok(folder, 'leaderboard', 'tower', '--without', 'zed', '--note', 'left', ...BY);
      expect(left.stderr).toContain('Mila: 1 deducted (copied), and it keeps place 3; --without takes it');
      expect((await ok(folder, 'history', 'zed')).stdout).toContain(
        'no-place: takes no place on the leaderboard (left), by Grace',
      );
      await ok(folder, 'leaderboard', 'tower', '--without', 'mila', '--note', 'copied', ...BY);
      await gradeClass(folder);
      expect(boardIn(folder).rows.map(({ place, value }) => [place, value])).toEqual([
        [1, 12.04],
        [2, 10.26],
      ]);
      for (const name of ['zed', 'mila'])
        await ok(folder, 'leaderboard', 'tower', '--with', name, '--note', 'a mistake', ...BY);
      await ok(folder, 'deduct', 'mila', '0', '--note', 'a mistake', ...BY);
      await gradeClass(folder);

      await ok(folder, 'return', 'tower', '--out', 'feedback');
      const page = readFileSync(join(folder, 'feedback/Eve-eve/feedback.html'), 'utf8');
      const [own, ...others] = [2, 0, 1, 3].map((at) => boardIn(folder).rows[at].pseudonym);
      expect(page).toContain(`Your work is called <strong>${own}</strong>`);
      expect(page).toContain('place 2 on the leaderboard');
      for (const other of others) expect(page).not.toContain(other);
    }),
  MOST_MS,
);

test(
  'what cannot be is refused in one line',
  () =>
    inFolder({ ...TOWER_COURSE, 'roster.csv': ROSTER }, async (folder) => {
      handIn(folder, { eve: 10 });
      await ok(folder, 'class', 'hw', '--only', 'tower.height');
      const cases: [args: string[], message: RegExp][] = [
        [['leaderboard', 'conv2d-gemm'], /conv2d-gemm/u],
        [['leaderboard', 'tower', '--undo', ...BY], /tower: no bonus was given that could be taken back/u],
        [['leaderboard', 'tower', '--undo', '--apply'], /choose one of --apply and --undo/u],
        [['leaderboard', 'tower', '--without', 'eve', ...BY], /--without: say briefly why, with --note/u],
        [['leaderboard', 'tower', '--with', 'ada', '--note', 'x', ...BY], /ada: no student of this id/u],
        [['leaderboard', 'tower', '--note', 'x', ...BY], /--note is for --without and --with/u],
        [['leaderboard', 'tower', '--never-lower'], /--never-lower is for --apply/u],
        [['leaderboard', 'tower', '--by', ' '], /--by: say who gives the bonus/u],
        [['leaderboard', 'tower', '--jobs', 'many'], /--jobs many: must be a whole number/u],
        [['leaderboard', 'tower', '--gradebook', 'none.db'], /none\.db: no such gradebook/u],
      ];
      for (const [args, message] of cases) {
        const { code, stdout, stderr } = await runGrade([...args, ...COURSE], folder);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
        expect(stderr).toMatch(message);
        expect(stderr.trim()).not.toContain('\n');
      }
    }),
  MOST_MS,
);
