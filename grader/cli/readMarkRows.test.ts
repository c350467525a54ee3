import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readMarkRows } from './readMarkRows.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'im2grade-marks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function rowsOf(text: string) {
  writeFileSync(join(folder, 'marks.csv'), text);
  return readMarkRows(join(folder, 'marks.csv'));
}

test('reads names of columns in any case, and the separators and decimals of other languages', () => {
  const [{ row, line }] = rowsOf(
    '\ufeffKey; Student ;KIND;criterion;at;Points;Note\r\nk1;Ada;Points;a.b;;3,5;good\r\n',
  );
  expect(line).toBe(2);
  expect(row).toMatchObject({
    key: 'k1',
    student: 'Ada',
    kind: 'points',
    criterion: 'a.b',
    points: '3,5',
    note: 'good',
  });
});

test('a column that was removed is empty, and a row without a kind is of points', () => {
  expect(rowsOf('student,points,note\nada,1,x\n')[0].row).toMatchObject({ key: '', kind: 'points', at: '' });
});

test.each([
  ['', 'marks.csv:1: needs the columns key or student, points and note; it has none; --template writes a file'],
  ['a,b\n1,2\n', 'needs the columns key or student, points and note; it has a, b;'],
  ['student,score,note\nada,1,x\n', 'needs the columns key or student, points and note; it has student, score, note;'],
  ['student,points,points,note\nada,1,2,x\n', 'has two columns points'],
  ['student,kind,note\nada,bonus,x\n', 'marks.csv:2: kind "bonus": must be points, deduction or comment'],
  ['student,points,note\nada,1,"x\n', 'a cell begins with a quotation mark and never ends'],
  ['student,points,note\nada,3,5,x\n', 'marks.csv: cannot be read: line 2: it has not as many cells as the header'],
])('refuses %j', (text, message) => {
  expect(() => rowsOf(text)).toThrow(message);
});

test('a file that is missing or a folder', () => {
  expect(() => readMarkRows(join(folder, 'no.csv'))).toThrow('no.csv: cannot be read: no such file');
  expect(() => readMarkRows(folder)).toThrow('cannot be read: it is a folder');
});
