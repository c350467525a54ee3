import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { PdfReading } from '@im2grade/grader/model/pdf.ts';
import fc from 'fast-check';
import { findSections } from './findSections.ts';
import { judgeDocument } from './judgeDocument.ts';

const SECTIONS = { 1: ['a', 'b'], 2: ['a', 'b', 'c'], 3: [] };

test.each([
  [
    'words and letters',
    ['Task 1', '(a) We', '(b) Then', 'Task 2', 'a) x', 'b. y', 'c: z', 'Task 3'],
    '1a 1b 2a 2b 2c 3',
  ],
  ['numbers with letters', ['1a', '1b) Accuracy', '2 (a)', '2.b', '2c: Loss', '3. Transfer'], '1a 1b 2a 2b 2c 3'],
  ['capitals', ['PROBLEM 1 (A)', 'Exercise 2B', 'SECTION 3'], '1a 2b 3'],
  ['sentences that begin with a number', ['3 layers are enough, as we saw', '2 a day', '1 model'], '2a'],
  ['letters without a task', ['(a) We', 'b) Then'], ''],
  ['words that begin with a letter', ['Task 1', 'and then', 'a model', 'abc)'], ''],
  ['other tasks and questions', ['Task 4', '(a) x', 'Task 1', '(z) x'], ''],
  ['names of prototypes', ['constructor', 'Task __proto__'], ''],
])('finds %s', (_, lines, names) => {
  expect([...findSections(lines, SECTIONS).keys()].join(' ')).toBe(names);
});

test('any text is read in one pass', () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('1', '2', 'a', '(', ')', '.', ' ', 'Task', '-') }));
  fc.assert(fc.property(lines, (each) => expect(findSections(each, SECTIONS).size).toBeLessThanOrEqual(6)));
  expect(findSections([`1${' '.repeat(200_000)}`, '('.repeat(200_000)], SECTIONS).size).toBe(0);
});

const page = (text: string, images = 0, paths = 0) => ({ text, images, paths });
let reading: PdfReading | undefined;
const holder = globalThis as { examination?: unknown };
beforeEach(() => {
  holder.examination = { pdf: () => Promise.resolve(reading) };
});
afterEach(() => {
  delete holder.examination;
});

const judge = () => judgeDocument('report.pdf', { sections: SECTIONS, pictures: 2 });

test('a complete report passes, with what a person may want to know', async () => {
  reading = {
    pages: [page('Task 1\n(a) x\n(b) y', 1), page('2a\n2b\n2c', 0, 500), page('Task 3', 0, 12)],
    hasScripts: true,
  };
  const { status, evidence } = await judge();
  expect(status).toBe('passed');
  expect(evidence).toEqual([
    { type: 'remark', message: 'report.pdf: 3 pages, pictures or plots on page 1, 2' },
    { type: 'remark', message: 'report.pdf contains JavaScript, which was not run; be careful when you open it' },
  ]);
});

test('what is missing is named and costs its share', async () => {
  reading = { pages: [page('Task 1\n(a) x\nTask 2\n(a) y\n(c) z', 1)], hasScripts: false };
  expect(await judge()).toMatchObject({
    status: 'partial',
    credit: 4 / 8,
    reason: 'no heading found for 1b, 2b, 3; pictures or plots on 1 pages; 2 are asked for',
  });
});

test('no report, or one that cannot be read, ends in one line', async () => {
  reading = undefined;
  await expect(judge()).rejects.toThrow('no readable report.pdf was handed in');
  reading = { refused: 'is encrypted; save it without a password' };
  await expect(judge()).rejects.toThrow('report.pdf is encrypted; save it without a password');
});
