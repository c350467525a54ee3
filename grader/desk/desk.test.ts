import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findAssignment } from '../assignments/findAssignments.ts';
import { REPORT_FORMAT_NAMES } from '../platforms/formats.ts';
import { keepDeadline } from '../gradebook/store/courseDeadline.ts';
import { historyOf } from '../gradebook/store/history.ts';
import { personsCalled } from '../gradebook/store/people.ts';
import type { Browsing } from './test/browse.ts';
import { recordClass, recordWork } from './test/exampleCourse.ts';
import { CRITERION, type Example, openExample } from './test/openExample.ts';

let example: Example;
let grace: Browsing;
let teams: string[];
beforeAll(async () => {
  example = await openExample();
  teams = await recordClass(example.book, example.assignment, 4);
  grace = await example.as('Grace');
});
afterAll(() => example?.close());

const CLASS = '/a/conv2d-gemm/';
const markOf = (team: string) => `${CLASS}marking/${CRITERION}/${team}/`;
const historyOfId = (id: string) => example.book.read(async (db) => historyOf(db, (await personsCalled(db, id))[0].id));

/** The names in the table of students. */
async function shown(query: string): Promise<string[]> {
  const page = await grace.read(`${CLASS}?${query}`);
  const rows = page.slice(page.indexOf('<div id="rows">'));
  return [...rows.matchAll(/class="who">\s*<a [^>]*><bdi>(.*?)<\/bdi>/gsu)].map(([, name]) => name);
}

test('the first page leads to the assignments', async () => {
  expect(await grace.read('/')).toContain('href="/a/conv2d-gemm/"');
});

test('the class shows what waits, and is searched, filtered and sorted', async () => {
  const page = await grace.read(CLASS);
  expect(page).toContain('Waits for a person');
  expect(page).toContain(`marking/${CRITERION}/`);
  expect(await shown('words=s1001')).toEqual(['Alan O’Neill']);
  expect(await shown('')).toHaveLength(4);
  const byName = await shown('sort=name');
  expect(byName).toEqual([...byName].sort());
  expect(await shown('sort=-name')).toEqual([...byName].reverse());
  expect(await shown('group=c1')).toHaveLength(1);
  expect(await shown('words=nobody%20else')).toEqual([]);
});

test('points that are given count at once, lead to the next student, and name who gave them', async () => {
  const answer = await grace.send(markOf(teams[0]), { points: '4,5', note: 'clear' });
  expect(answer.status).toBe(303);
  const next = answer.headers.get('location')!;
  expect(next).toMatch(new RegExp(`marking/${CRITERION}/[0-9a-f]{32}/$`, 'u'));
  expect(next).not.toContain(teams[0]);
  expect(await grace.read(next)).toContain('data-note="clear"');
  expect(await grace.read(`${CLASS}team/${teams[0]}/`)).toMatch(/Score <b>97\.5 of 100<\/b>/u);
  const events = await historyOfId('s1000');
  expect(events.filter(({ what }) => what === 'points')).toMatchObject([{ by: 'Grace' }]);
});

test('two who grade one student at once: the second sees both, and decides', async () => {
  const edsger = await example.as('Edsger');
  const [page, own] = [markOf(teams[1]), { points: '2', note: 'too short' }];
  const early = await edsger.read(page);
  expect((await grace.send(page, { points: '5', note: 'excellent' })).status).toBe(303);
  const seen = /name="seen" value="(.*?)"/u.exec(early)![1];
  const late = await edsger.send(page, { ...own, seen });
  expect(late.status).toBe(409);
  const both = await late.text();
  for (const text of ['Of <bdi>Grace</bdi>', '5 points', 'excellent', 'value="2"', 'too short'])
    expect(both).toContain(text);
  expect(await grace.read(page)).toContain('excellent');
  const again = /name="seen" value="(.*?)"/u.exec(both)![1];
  expect((await edsger.send(page, { ...own, seen: again })).status).toBe(303);
  expect(await grace.read(page)).toContain('<b>2</b> by <bdi>Edsger</bdi>');
  expect((await historyOfId('s1001')).filter(({ what }) => what === 'points')).toHaveLength(2);
});

test('somebody who grades one student in two tabs is not called somebody else, and a reason keeps its lines', async () => {
  const page = markOf(teams[1]);
  const late = await grace.send(page, { points: '3', note: 'first\r\nsecond', seen: 'none' });
  expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('Somebody else was faster')]);
  await grace.send(page, { points: '3', note: 'first\r\nsecond' });
  const own = await (await grace.send(page, { points: '4', note: 'x', seen: 'none' })).text();
  expect(own).toContain('You have given something else meanwhile');
  expect(own).not.toContain('Somebody else');
  expect(await grace.read(page)).toMatch(/<textarea name="note" required>first\nsecond<\/textarea>/u);
});

test('points that are not possible, or without a reason, are refused in words', async () => {
  for (const [points, note, why] of [
    ['6', 'x', 'must be a number from 0 to 5'],
    ['-1', 'x', 'must be a number from 0 to 5'],
    ['1.005', 'x', 'at most two decimals'],
    ['', 'x', 'must be a number'],
    ['3', ' \n', 'say briefly why'],
  ]) {
    const answer = await grace.send(markOf(teams[2]), { points, note });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(why)]);
  }
});

test('grading without names shows none, in an order of its own', async () => {
  const page = await grace.read(`${CLASS}marking/${CRITERION}/?anonymous=1`);
  expect(page).toMatch(/student-[0-9a-f]{8}/u);
  for (const path of [`${CLASS}marking/${CRITERION}/?anonymous=1`, `${markOf(teams[0])}?anonymous=1`])
    expect(await grace.read(path)).not.toMatch(/Ada|Alan|Emmy|Lovelace|s1000|example\.org/u);
});

test('a comment is shown below its line, beside what the grader found there, and can be taken back', async () => {
  const team = await recordWork(example.book, example.assignment, {
    student: { name: 'Kurt Gödel', ids: { sid: 's77' } },
    attempts: [{ 'src/Im2MatLayer.ts': 'first\nsecond\n' }, { 'src/Im2MatLayer.ts': 'first\nchanged\nthird\n' }],
    loses: ['im2mat.padding'],
    reason: 'TypeError: x (src/Im2MatLayer.ts:2)',
  });
  const source = `${CLASS}team/${team}/source/?file=src/Im2MatLayer.ts`;
  expect(await grace.read(source)).toMatch(/<li id="L2" class="marked"><code>changed<\/code>/u);
  const comment = { kind: 'comment', file: 'src/Im2MatLayer.ts', line: '3' };
  const to = `${CLASS}team/${team}/`;
  expect((await grace.send(source, { ...comment, note: 'why?' }, to)).status).toBe(303);
  expect(await grace.read(source)).toMatch(/<li id="L3" class="said"><code>third<\/code>.*<bdi>why\?<\/bdi>/su);
  expect((await grace.send(source, { ...comment, note: '' }, to)).status).toBe(303);
  expect(await grace.read(source)).not.toContain('why?');
  expect((await grace.send(source, { ...comment, line: '9', note: 'x' }, to)).status).toBe(400);
  const attempts = [...(await grace.read(to)).matchAll(/changes\/\?attempt=(\w+)&from=(\w+)/gu)];
  const [, attempt, from] = attempts.find(([, , before]) => before !== 'skeleton')!;
  const changes = await grace.read(`${to}changes/?attempt=${attempt}&from=${from}`);
  expect(changes).toContain('<del>-second</del>');
  expect(changes).toContain('<ins>+changed</ins>');
});

test.each(['NFC', 'NFD'])('a name with an accent is found in the form %s', async (form) =>
  expect(await shown(`words=${encodeURIComponent('GÖDEL'.normalize(form))}`)).toEqual(['Kurt Gödel']),
);

test('an export shows what is missing in it, and is the file that the command writes', async () => {
  expect(await grace.read(`${CLASS}export/`)).toContain('pending, not in the exported scores');
  const file = await grace.get(`${CLASS}export/canvas`);
  expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''canvas.csv");
  expect(await file.text()).toContain('Ada Lovelace,,s1000,,,100.5');
  const participants = 'Participant 1,Ada Lovelace,s1000,\nParticipant 2,Grace Kowalewskaja,s1002,\n';
  const worksheet = new File([`Identifier,Full name,ID number,Grade\n${participants}`], 'grades.csv');
  const filled = await (await grace.send(`${CLASS}export/`, { worksheet }, `${CLASS}export/moodle`)).text();
  expect(filled).toContain('Participant 1,Ada Lovelace,s1000,100');
  expect(filled).toMatch(/left out: <bdi>.*Kurt Gödel/u);
});

test('the report of an attempt is saved in every form that platforms take of one submission', async () => {
  const to = `${CLASS}team/${teams[0]}/`;
  const links = [...(await grace.read(to)).matchAll(/href="(export\/[\w-]+\?attempt=\w+)"/gu)].map(([, link]) => link);
  expect(links).toHaveLength(REPORT_FORMAT_NAMES.length);
  for (const link of links) {
    const { status, headers } = await grace.get(to + link);
    expect([status, headers.get('content-disposition')]).toEqual([200, expect.stringContaining('attachment;')]);
  }
  const gradescope = links.find((link) => link.includes('gradescope'))!;
  expect(await (await grace.get(to + gradescope)).json()).toMatchObject({ score: 100.5 });
  for (const format of ['canvas', 'constructor']) expect((await grace.get(`${to}export/${format}`)).status).toBe(404);
});

test('publishing is recorded for everybody who has a score', async () => {
  expect((await grace.send(`${CLASS}export/`, {}, `${CLASS}export/publish`)).status).toBe(303);
  expect((await historyOfId('s1000')).filter(({ what }) => what === 'published')).toMatchObject([
    { detail: '100.5 of 100', by: 'Grace' },
  ]);
  expect(await grace.read(`${CLASS}export/`)).toMatch(
    /Published on [\d-]+ [\d:]+.* by <bdi>Grace<\/bdi>; these are the scores now/u,
  );
  await grace.send(markOf(teams[0]), { points: '3', note: 'too long' });
  expect(await grace.read(`${CLASS}export/`)).toContain('1 student has another score now');
  await grace.send(markOf(teams[0]), { points: '4.5', note: 'clear' });
});

test('requests come from a form or a file, are answered once, and are in the history', async () => {
  const page = `${CLASS}requests/`;
  expect(
    (await grace.send(page, { student: 's1002', criterion: CRITERION, text: 'Please read it again.' })).status,
  ).toBe(303);
  const table = 'student,criterion,text\ns1003,,"Two, not one"\n';
  const file = new File([table], 'requests.csv');
  expect((await grace.send(page, { file }, `${page}file`)).status).toBe(303);
  expect(await grace.read(CLASS)).toContain('2 requests to answer');
  const wrong = new File([`${table}nobody,,x\n`], 'requests.csv');
  expect((await grace.send(page, { file: wrong }, `${page}file`)).status).toBe(400);
  const shownPage = await grace.read(page);
  expect(shownPage).toContain('Two, not one');
  const id = /name="id" value="(.*?)"/u.exec(shownPage)![1];
  expect((await grace.send(page, { id, answer: 'I have.' }, `${page}answer`)).status).toBe(303);
  const again = await grace.send(page, { id, answer: 'No.' }, `${page}answer`);
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('answered meanwhile')]);
  const events = await historyOfId('s1002');
  expect(events.filter(({ what }) => what === 'asked' || what === 'answered')).toMatchObject([
    { what: 'asked', detail: `${CRITERION}: Please read it again.` },
    { what: 'answered', detail: `${CRITERION}: I have.`, by: 'Grace' },
  ]);
});

test('times are shown on the clocks of the due date, and name them', async () => {
  const page = `${CLASS}team/${teams[0]}/`;
  expect(await grace.read(page)).toContain('<td>2026-11-20 09:00 UTC</td>');
  const due = { at: '2026-11-20T22:59:59.000Z', zone: 'Europe/Berlin' };
  await keepDeadline(example.book, example.assignment.id, { due });
  const berlin = await grace.read(page);
  expect(berlin).toContain('<td>2026-11-20 10:00 Europe/Berlin</td>');
  expect(berlin).toMatch(/<time datetime="2026-11-20T09:00:00.000Z">2026-11-20 10:00 Europe\/Berlin<\/time>/u);
});

test('progress is an event at once and whenever something has changed, and a page says what it has seen of it', async () => {
  const [, seen] = /data-seen="(.*?)"/u.exec(await grace.read(CLASS))!;
  const answer = await grace.get(`${CLASS}live`);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body!.getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  const first = await next();
  expect(first).toContain('"graded":6');
  expect(first).toContain(`data: ${seen.replaceAll('&quot;', '"')}\n`);
  await grace.send(markOf(teams[3]), { points: '1', note: 'one line' });
  expect(await next()).toContain('"given"');
  await reader.cancel();
});

test('before the first hand-in every page says that there is nothing', async () => {
  const fresh = await openExample();
  try {
    const alan = await fresh.as('Alan');
    const says = {
      '': 'Nothing.',
      'requests/': 'None.',
      'export/': 'nothing has been handed in',
      'regrading/': 'Regrading',
    };
    for (const [path, text] of Object.entries(says)) expect(await alan.read(CLASS + path)).toContain(text);
    expect(await alan.read(`${CLASS}marking/${CRITERION}/`)).toContain('0 of 0 graded by hand');
    expect((await alan.get(`${CLASS}export/canvas`)).status).toBe(400);
  } finally {
    await fresh.close();
  }
});

test('the machine is shown as the doctor finds it', async () => {
  expect(await grace.read('/machine/')).toContain('Isolation is <strong>strict</strong>');
});

test('the class shows who was fast and slow, and who was graded in part', async () => {
  const work = { attempts: [{ 'src/Im2MatLayer.ts': 'x' }], loses: [] };
  const of = (name: string, sid: string, more: object) =>
    recordWork(example.book, example.assignment, { student: { name, ids: { sid } }, ...work, ...more });
  const fast = await of('Fast Fourier', 's81', { ratio: 0.9 });
  await of('Slow Loris', 's82', { ratio: 14, unusable: ['src/Conv2DLayer.ts'] });
  const page = await grace.read(CLASS);
  const speeds = page.slice(page.indexOf('Fastest and slowest'), page.indexOf('<h2 id="everybody">'));
  expect(speeds).toContain(`<a href="${CLASS}team/${fast}/"`);
  expect(speeds).toMatch(/0\.90 ×.*14\.00 ×/su);
  expect(page).toContain('1 in part');
  expect(await shown('group=part')).toEqual(['Slow Loris']);
  expect(page).toContain('src/Conv2DLayer.ts:1:1: Unexpected');
});

test('the places of a class have names, and say what is open; a class without a leaderboard has none', async () => {
  expect((await grace.get(`${CLASS}leaderboard/`)).status).toBe(404);
  expect(await grace.read(CLASS)).not.toContain('leaderboard/');
  const nets = findAssignment(example.desk.root, 'cifar-nets');
  const student = { name: 'Maria <i>', ids: { sid: 's91' } };
  const team = await recordWork(example.book, nets, { student, attempts: [{ 'answers.yaml': 'x' }], loses: [] });
  expect(await grace.read('/a/cifar-nets/')).toContain('href="/a/cifar-nets/leaderboard/"');
  const page = await grace.read('/a/cifar-nets/leaderboard/');
  expect(page).toContain(`<a href="/a/cifar-nets/team/${team}/"><bdi>Maria &lt;i&gt;</bdi></a>`);
  expect(page).toContain('Open: its value is not measured closely enough');
});
