import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { startPostgres } from '../../../grader/gradebook/test/postgres.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const MOTIVATION = 'question3.motivation';
const BY = ['--by', 'Grace'];
const server = await startPostgres();
if (!server) test.skip('PostgreSQL: not installed here (apt-get install postgresql)', () => {});
afterAll(() => server?.stop());

/** Commands on one gradebook, by name; `n` distinguishes what each of them gives, and where it saves reports. */
const COMMANDS: Readonly<Record<string, (n: number) => string[]>> = {
  class: (n) => [
    ...['class', 'hw', '--assignment', 'conv2d-gemm', '--only', 'im2mat.identity', MOTIVATION],
    ...['--out', `reports/hw${n % 2}`],
  ],
  regrade: () => ['regrade', 'conv2d-gemm', '--apply', '--seed', '7', ...BY],
  manual: (n) => ['manual', 'ada', MOTIVATION, '3', '--note', `manual ${n}`, ...BY],
  publish: () => ['publish', 'conv2d-gemm', ...BY],
  marks: (n) => ['marks', 'conv2d-gemm', '--read', `marks${n}.csv`, ...BY],
  export: (n) => ['export', 'canvas', '--assignment', 'conv2d-gemm', '--out', `canvas${n}.csv`],
};
const NAMES = Object.keys(COMMANDS);
const PAIRS = NAMES.flatMap((one, i) => NAMES.slice(i).map((other) => [one, other]));

test.each([
  ['SQLite', (folder: string) => join(folder, 'reports/gradebook.db')],
  ...(server ? [['PostgreSQL', () => server.newDatabase()] as const] : []),
])(
  '%s: of any two commands at once on one gradebook, neither fails or loses anything',
  (_, locationIn) =>
    inFolder({}, async (folder) => {
      for (const name of ['ada', 'bob']) {
        cpSync(join(ROOT, 'reference/conv2d-gemm'), join(folder, 'hw', name), { recursive: true });
        writeFileSync(join(folder, 'hw', name, 'motivation.md'), `by ${name}\n`);
      }
      const gradebook = ['--gradebook', locationIn(folder)];
      const run = async (args: readonly string[]) => {
        const { code, stdout, stderr } = await runGrade([...args, ...gradebook], folder);
        return { args: args.join(' '), code, fault: code === 0 ? '' : stderr, stdout };
      };
      expect(await run(COMMANDS['class'](0))).toMatchObject({ code: 0 });
      const given: string[] = [];
      for (const [at, pair] of PAIRS.entries()) {
        const numbers = [2 * at, 2 * at + 1];
        for (const n of numbers)
          writeFileSync(
            join(folder, `marks${n}.csv`),
            `student,kind,criterion,points,note\nada,comment,${MOTIVATION},,marks ${n}\n`,
          );
        given.push(...pair.flatMap((name, i) => (/manual|marks/u.test(name) ? [`${name} ${numbers[i]}`] : [])));
        const ended = await Promise.all(pair.map((name, i) => run(COMMANDS[name](numbers[i]))));
        expect(ended.map(({ args, code, fault }) => ({ args, code, fault }))).toEqual(
          ended.map(({ args }) => ({ args, code: 0, fault: '' })),
        );
      }
      const history = (await run(['history', 'ada'])).stdout;
      expect(given.filter((note) => !history.includes(`${note}`))).toEqual([]);
      const { students } = JSON.parse((await run(['gradebook', '--json'])).stdout) as {
        students: { name: string; total: number; assignments: { attempts: number; published: number }[] }[];
      };
      expect(students.map(({ name, total, assignments: [{ attempts }] }) => [name, total, attempts])).toEqual([
        ['ada', 4, 1],
        ['bob', 1, 1],
      ]);
    }),
  600_000,
);

test('processes that make one gradebook at the same moment all get it', () =>
  inFolder({}, async (folder) => {
    const script = ['--import', 'tsx', join(ROOT, 'tests/e2e/cli/openTogether.ts'), folder];
    const open = (name: string) => promisify(execFile)(process.execPath, [...script, name, '4', '10'], { cwd: ROOT });
    const printed = await Promise.all(['a', 'b', 'c', 'd'].map(open));
    const [first, ...others] = printed.map(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(first).toHaveLength(10);
    for (const seeds of others) expect(seeds).toEqual(first);
  }));
