import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hiddenFields } from '../../../grader/desk/test/browse.ts';
import { recordClass } from '../../../grader/desk/test/exampleCourse.ts';
import { attemptsOf } from '../../../grader/gradebook/store/attempts.ts';
import { CourseGradebook } from '../../../grader/gradebook/store/CourseGradebook.ts';
import { entriesOf } from '../../../grader/gradebook/store/entries.ts';
import { assignmentOf } from '../support/gradeFiles.ts';
import { inFolder, runGrade, START, startGrade } from '../support/runGrade.ts';

const ASSIGNMENT = 'conv2d-gemm';
const CRITERION = 'question3.motivation';
const BOOK = 'reports/gradebook.db';

/** Works on the gradebook of a folder. */
async function withBook<T>(folder: string, work: (book: CourseGradebook) => Promise<T>): Promise<T> {
  const book = await CourseGradebook.open(join(folder, BOOK), join(folder, 'reports'));
  try {
    return await work(book);
  } finally {
    await book.close();
  }
}

const inCourse = (work: (folder: string, teams: string[]) => Promise<void>) =>
  inFolder({}, async (folder) => {
    const teams = await withBook(folder, (book) => recordClass(book, assignmentOf(ASSIGNMENT), 2));
    await work(folder, teams);
  });

/** A desk that runs, and its first page. */
async function startDesk(folder: string, ...args: string[]) {
  const { child, ended } = startGrade(['desk', '--by', 'Grace', ...args], folder);
  let printed = '';
  child.stdout?.on('data', (piece: Buffer) => (printed += piece.toString()));
  while (!/^ {2}http\S+\n/mu.test(printed) && child.exitCode === null) await sleep(20);
  return { child, ended, link: /http\S+/u.exec(printed)?.[0] ?? '' };
}

async function cookieOf(link: string): Promise<string> {
  const { headers } = await fetch(link, { redirect: 'manual' });
  return (headers.get('set-cookie') ?? '').split(';')[0];
}

test('it prints a link that opens the course, and ends at once when it is interrupted', () =>
  inCourse(async (folder) => {
    const { child, ended, link } = await startDesk(folder);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/enter\?token=[\w-]{43}$/u);
    const { origin } = new URL(link);
    const cookie = await cookieOf(link);
    const course = await fetch(origin, { headers: { cookie } });
    expect(await course.text()).toContain(`href="/a/${ASSIGNMENT}/"`);
    expect(await (await fetch(`${origin}/desk.js`)).text()).toContain('EventSource');
    const live = await fetch(`${origin}/a/${ASSIGNMENT}/live`, { headers: { cookie } });
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, 'grade: Ctrl-C ends it; the link works once\n']);
    await live.text().catch(() => undefined);
    await expect(fetch(origin)).rejects.toThrow();
  }));

test('a desk that is killed while it saves leaves both the points and the score, or neither', () =>
  inCourse(async (folder, [team]) => {
    const state = () =>
      withBook(folder, (book) =>
        book.read(async (db) => {
          const [{ score }] = await attemptsOf(db, [team], ASSIGNMENT);
          return { score, entries: await entriesOf(db, ASSIGNMENT, team) };
        }),
      );
    const { score: before } = await state();
    const page = `/a/${ASSIGNMENT}/marking/${CRITERION}/${team}/`;
    for (let trial = 0; trial < 10; trial++) {
      const { child, ended, link } = await startDesk(folder);
      const { origin } = new URL(link);
      const cookie = await cookieOf(link);
      const form = hiddenFields(await (await fetch(`${origin}${page}`, { headers: { cookie } })).text());
      const points = String(1 + (trial % 5));
      const body = new URLSearchParams({ ...form, points, note: `trial ${trial}` });
      const sent = fetch(`${origin}${page}`, { method: 'POST', body, headers: { cookie, origin }, redirect: 'manual' });
      const answered = sent.then(
        ({ status }) => status === 303,
        () => false,
      );
      await sleep(trial * 8);
      child.kill('SIGKILL');
      const [isAnswered] = [await answered, await ended];
      const { score, entries } = await state();
      const last = entries.at(-1);
      expect(score).toBe(before + (last?.points ?? 0));
      if (isAnswered) expect(last?.note).toBe(`trial ${trial}`);
    }
  }));

test('several people sign in with passwords that are stored as keys', () =>
  inCourse(async (folder) => {
    const add = (input: string | Buffer) =>
      spawnSync(process.execPath, [START, 'desk', '--add-ta', 'Grace'], { cwd: folder, input, encoding: 'utf8' });
    expect(add('short\n')).toMatchObject({
      status: 2,
      stderr: 'grade: the password of Grace must have at least 10 characters\n',
    });
    expect((await runGrade(['desk', '--listen', 'localhost'], folder)).stderr).toContain('nobody has a password yet');
    // As an editor of Windows saves it.
    expect(add(Buffer.from('\ufeffcorrect horse\r\n', 'utf16le'))).toMatchObject({ status: 0, stderr: '' });
    const stored = await withBook(folder, (book) =>
      book.read((db) => db.selectFrom('assistants').selectAll().execute()),
    );
    expect(JSON.stringify(stored)).not.toContain('correct');
    const { child, ended } = startGrade(['desk', '--listen', 'localhost'], folder);
    let printed = '';
    child.stdout?.on('data', (piece: Buffer) => (printed += piece.toString()));
    while (!printed.includes('http') && child.exitCode === null) await sleep(20);
    const [, origin] = /(http:\/\/localhost:\d+)\/\n/u.exec(printed)!;
    const body = new URLSearchParams({ name: 'Grace', password: 'correct horse' });
    const answer = await fetch(`${origin}/sign-in`, { method: 'POST', body, headers: { origin }, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const removed = await runGrade(['desk', '--remove-ta', 'Grace'], folder);
    expect(removed.stdout).toBe('Grace cannot sign in any more\n');
    expect((await runGrade(['desk', '--remove-ta', 'Grace'], folder)).code).toBe(2);
  }));

test.each([
  [['--port', 'x'], '--port x: must be a number from 0 to 65535'],
  [['--port', '65536'], 'must be a number from 0 to 65535'],
  [['--gradebook', 'nowhere.db'], 'nowhere.db: no such gradebook'],
  [['--listen', '0.0.0.0'], 'name the one address that browsers use'],
  [['--by', ' '], '--by: say who gives the points'],
  [['--add-ta', ' '], '--add-ta: say who'],
  [['--add-ta', 'Grace', '--read-only'], '--read-only changes nothing'],
  [['--listen', 'localhost', '--by', 'Grace'], 'mutually exclusive'],
] as const)('%j is refused in one line', (args, why) =>
  inCourse(async (folder) => {
    const { code, stdout, stderr } = await runGrade(['desk', ...args], folder);
    expect([code, stdout, stderr.split('\n').length, stderr]).toEqual([2, '', 2, expect.stringContaining(why)]);
  }),
);

test('a port that is taken is named', () =>
  inCourse(async (folder) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    try {
      const { code, stderr } = await runGrade(['desk', '--port', String(port)], folder);
      expect([code, stderr]).toEqual([2, expect.stringContaining('another program listens there')]);
    } finally {
      other.close();
    }
  }));
