import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browsing } from '../test/browse.ts';
import { recordClass } from '../test/exampleCourse.ts';
import { CRITERION, type Example, openExample } from '../test/openExample.ts';

const PAGE = '/a/conv2d-gemm/requests/';

let example: Example;
let grace: Browsing;
beforeAll(async () => {
  example = await openExample();
  await recordClass(example.book, example.assignment, 2);
  grace = await example.as('Grace');
});
afterAll(() => example?.close());

const sendFile = (table: string) => grace.send(PAGE, { file: new File([table], 'r.csv') }, `${PAGE}file`);

test.each([
  ['', 'r.csv:1: needs the columns student and text; it has none'],
  ['student,text\n', 'r.csv: has no request below its header'],
  ['name,text\ns1000,x\n', 'r.csv:1: needs the columns student and text; it has name, text'],
  ['student,text,Text\ns1000,x,y\n', 'r.csv:1: has two columns text'],
  ['student,text\ns1000,x\n,y\n', 'r.csv:3: names no student'],
  ['student,text\ns1000,x\ns1001\n', 'r.csv:3: asks nothing'],
  ['student,text\ns1000,x\nnobody,y\n', 'r.csv:3: nobody: no student of this id'],
  ['student,criterion,text\ns1000,none,x\n', 'r.csv:2: unknown criterion'],
  [`student,text\ns1000,${'x'.repeat(10_001)}\n`, 'r.csv:2: the text has more than 10000 characters'],
])('the file %j is refused with the line, and adds nothing', async (table, why) => {
  const answer = await sendFile(table);
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(why)]);
  expect(await grace.read(PAGE)).not.toContain('Answer to');
});

test('a file is read however its names are written, and says what it added', async () => {
  const table = `\ufeff Student ;CRITERION;text\nS1000;${CRITERION.toUpperCase()};Why?\ns1001;;How?\n`;
  const first = await sendFile(table);
  expect(await grace.read(first.headers.get('location')!)).toContain('2 requests added.');
  const second = await sendFile(`${table}s1001;;And now?\n`);
  expect(await grace.read(second.headers.get('location')!)).toContain('1 request added, 2 known before.');
});

test('a request that was answered can be asked again by hand, and is not asked again by its file', async () => {
  const request = { student: 's1000', criterion: '', text: 'Really?' };
  await grace.send(PAGE, request);
  const page = await grace.read(PAGE);
  const id = /Really\?.*?name="id" value="(.*?)"/su.exec(page)![1];
  await grace.send(PAGE, { id, answer: 'Yes.' }, `${PAGE}answer`);
  const file = await sendFile('student,text\ns1000,Really?\n');
  expect(file.headers.get('location')).toContain('added=0&of=1');
  const again = await grace.send(PAGE, request);
  expect(await grace.read(again.headers.get('location')!)).toContain('1 request added.');
});

test('a page shows fifty requests, and leads to the others', async () => {
  const rows = Array.from({ length: 120 }, (_, at) => `s1000,Question ${at}\n`).join('');
  expect((await sendFile(`student,text\n${rows}`)).status).toBe(303);
  const page = await grace.read(PAGE);
  expect(page.match(/name="id"/gu)).toHaveLength(50);
  expect(page).toContain('href="?page=3&amp;answered=1"');
});
