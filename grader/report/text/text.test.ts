import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { exampleReport } from '../test/exampleReport.ts';
import { HOSTILE } from '../test/hostileReport.ts';
import { distinct, duration, exact, points, short, withMinus } from './numbers.ts';
import { printable, printableLine } from './printable.ts';
import { totalsLine } from './totals.ts';
import { cut, wrap } from './wrap.ts';

describe('printable', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;title\x07text', 'text'],
    ['\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\', 'link'],
    ['\x1bP hidden \x1b\\shown', 'shown'],
    ['\x9b31mred', 'red'],
    ['\x1b', ''],
    ['\x1b[', ''],
    ['a\rb\r\nc\td', 'a\nb\nc  d'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['\ud800x\0', '\ufffdx'],
    ['👩‍👩‍👧‍👦 שלום', '👩‍👩‍👧‍👦 שלום'],
  ])('%j', (text, expected) => expect(printable(text)).toBe(expected));

  test('an unfinished sequence removes no more than its line', () =>
    expect(printable('\x1b]0;title\nnext')).toBe('\nnext'));
  test('printableLine has no line break', () => expect(printableLine('a \n b')).toBe('a b'));
});

describe('wrap and cut', () => {
  test.each([2, 7, 20, 80])('keep to %i cells and lose no character', (width) => {
    for (const text of HOSTILE.map(printable)) {
      const lines = wrap(text, width);
      expect(lines.every((line) => stringWidth(line) <= width)).toBe(true);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      expect(stringWidth(cut(printableLine(text), width))).toBeLessThanOrEqual(width);
    }
  });
  test('break between words', () => expect(wrap('one two three', 8)).toEqual(['one two', 'three']));
  test('cut says so', () => expect(cut('one two three', 8)).toBe('one two…'));
});

test('numbers', () => {
  expect([1, 2.5, 100 / 3].map(points)).toEqual(['1', '2.5', '33.33']);
  expect([3, -3, 0.1 + 0.2, 1234567, 1e-9, 'NaN' as const, '-0' as const].map(short)).toEqual([
    '3',
    '−3',
    '0.3',
    '1.2e+6',
    '1.0e−9',
    'NaN',
    '0',
  ]);
  expect(exact(0.1 + 0.2)).toBe('0.30000000000000004');
  expect(distinct(0.8622123, -0.5)).toEqual(['0.8622', '−0.5']);
  expect(distinct(0.86220000123, 0.86220000456)).toEqual(['0.862200001', '0.862200005']);
  expect(distinct(2, 2)).toEqual(['2', '2']);
  expect(distinct('NaN', 'NaN')).toEqual(['NaN', 'NaN']);
  expect(withMinus('expected -0.5, got 1e-9 at a-1')).toBe('expected −0.5, got 1e−9 at a-1');
  expect([123.4, 1.5, 0.0123, 4.2e-6].map(duration)).toEqual(['123 s', '1.50 s', '12.3 ms', '4.20 µs']);
});

describe('totalsLine', () => {
  const totals = exampleReport().totals;
  test('adds points in decimals: nothing is left of what was examined or is pending', () => {
    const pending = ['a.style', 'b.clarity'].map((id, at) => ({ id, points: [0.1, 0.2][at], status: 'manual' }));
    const sums = { ...totals, earned: 5.05, possible: 5.05, all: 5.35, pending };
    expect(totalsLine(sums)).toBe('5.05 of 5.05, 0.3 pending: style 0.1, clarity 0.2');
    expect(totalsLine({ ...sums, possible: 5.05, all: 8.05, pending: [{ ...pending[0], points: 3 }] })).toBe(
      '5.05 of 5.05, 3 pending: style 3',
    );
  });
  test('names what is pending', () =>
    expect(totalsLine(totals)).toBe('44.2 of 82, 18 pending: scaling 15, motivation 3'));
  test('writes the whole id if two share a word, and says what was left out', () => {
    const pending = ['a.motivation', 'b.motivation'].map((id) => ({ id, points: 2, status: 'manual' }));
    expect(totalsLine({ ...totals, all: 96, pending })).toBe(
      '44.2 of 82, 4 pending: a.motivation 2, b.motivation 2, 10 not examined',
    );
  });
});
