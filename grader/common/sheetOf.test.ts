import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sheetOf } from './sheetOf.ts';

function read(bytes: Uint8Array): unknown {
  const { text, options } = sheetOf(bytes);
  return parse(text, { ...options, info: true });
}

const row = (line: number, ...record: string[]) =>
  expect.objectContaining({ record, info: expect.objectContaining({ lines: line }) as object }) as unknown;

test.each<[what: string, bytes: Buffer, delimiterLine?: boolean]>([
  ['commas', Buffer.from('name,id\nJosé,007\n')],
  ['semicolons and a mark', Buffer.from('\ufeffname;id\r\nJosé;007\r\n')],
  ['a delimiter in quotes', Buffer.from('"name";id\n"José";007\n')],
  ['tabs in UTF-16', Buffer.from('\ufeffname\tid\nJosé\t007\n', 'utf16le')],
  ['tabs in UTF-16, the high byte first', Buffer.from('\ufeffname\tid\nJosé\t007\n', 'utf16le').swap16()],
  ['Windows-1252', Buffer.from('name;id\nJosé;007\n', 'latin1')],
  ['bars', Buffer.from('name|id\nJosé|007\n')],
])('a file with %s', (_, bytes) => expect(read(bytes)).toEqual([row(1, 'name', 'id'), row(2, 'José', '007')]));

test('the first line may name the delimiter', () =>
  expect(read(Buffer.from('\ufeffsep=;\r\n"name, full";id\r\nJosé;"0,7"\r\n'))).toEqual([
    row(2, 'name, full', 'id'),
    row(3, 'José', '0,7'),
  ]));

test('a comma in a quoted name of a column is no delimiter', () =>
  expect(read(Buffer.from('"a, b, c";id\nx;1\n'))).toEqual([row(1, 'a, b, c', 'id'), row(2, 'x', '1')]));
