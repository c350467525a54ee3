import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { exampleReport } from '../test/exampleReport.ts';
import { hostileReport } from '../test/hostileReport.ts';
import { renderReport } from './renderReport.ts';

const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s', (_, report) => {
  test.each([60, 80, 100, 120, 200])('no line is wider than %i', (width) => {
    for (const colour of [false, true]) {
      const widest = renderReport(report(), { width, colour })
        .split('\n')
        .map((line) => stringWidth(line))
        .reduce((a, b) => Math.max(a, b));
      expect(widest).toBeLessThanOrEqual(width);
    }
  });

  test('without colour there is no escape code and no control character', () => {
    expect(renderReport(report(), { width: 80, colour: false })).not.toMatch(CONTROL);
  });
});

test('colour changes nothing but the colour', () => {
  const plain = renderReport(exampleReport(), { width: 80, colour: false });
  const coloured = renderReport(exampleReport(), { width: 80, colour: true });
  expect(coloured).not.toBe(plain);

  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(plain);
});

test('a lost point is explained down to the command that replays it', () => {
  const text = renderReport(exampleReport(), { width: 100, colour: false });
  for (const part of [
    'Score  44.2 of 82, 18 pending: scaling 15, motivation 3',
    'Bonus  +5',
    '! ISOLATION IS REDUCED',
    '✗ Zeros where the patch leaves the image',
    'OUT[b=0, oy=0, ox=0, fy=0, fx=0, ic=0]: expected 0, got 7.25',
    '[7.25]',
    'The elements of padding are skipped',
    'grade lovelace-noether --only im2mat.padding --seed 20181121',
    'src/Im2MatLayer.ts:41',
  ]) {
    expect(text).toContain(part);
  }
});

test('a report without lost or pending points has only the table and the score', () => {
  const report = exampleReport();
  report.outcomes = report.outcomes.filter(({ status }) => status === 'passed');
  report.totals = { earned: 40, possible: 40, bonus: 0, all: 40, pending: [], provisional: false };
  report.warnings = [];
  const text = renderReport(report, { width: 80, colour: false });
  expect(text).toContain('Score  40 of 40\n');
  expect(text).not.toMatch(/lost|Pending|Provisional/);
});

test('a self-check is explained if it found something, and costs nothing', () => {
  const report = exampleReport();
  const [first] = report.outcomes.filter(({ status }) => status === 'passed');
  const found = { ...first, points: 0, earned: 0, title: 'Warming up', reason: '7 of 8 answers are right' };
  const rendered = (status: 'partial' | 'not-attempted') =>
    renderReport({ ...report, outcomes: [{ ...found, status }] }, { width: 80, colour: false });
  expect(rendered('partial')).toMatch(/Warming up +0 \/ 0\n[^]*7 of 8 answers are right/);
  expect(rendered('not-attempted')).not.toContain('Where points were lost');
});
