import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleReport } from '../test/exampleReport.ts';
import { hostileReport } from '../test/hostileReport.ts';
import { controlsEscaped } from './controlsEscaped.ts';
import { readJson } from './readJson.ts';
import { toJson, writeJson } from './writeJson.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s is read back as it was written', async (_, report) => {
  const path = join(folder, 'deep', 'report.json');
  await writeJson(report(), path);
  expect(await readJson(path)).toEqual(report());
});

test('its text controls no terminal', () => {
  const json = toJson(hostileReport());
  expect(json).not.toMatch(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
  expect(controlsEscaped(JSON.stringify('a\u009b2J\u202eb\u2028'))).toBe(String.raw`"a\u009b2J\u202eb\u2028"`);
});

test('a report of version 1, which names no students, is read as one of version 2', async () => {
  const { students: _, ...submission } = exampleReport().submission;
  const path = join(folder, 'old.json');
  await writeFile(path, JSON.stringify({ ...exampleReport(), version: 1, submission }));
  expect(await readJson(path)).toEqual(exampleReport());
});

test('rows of numbers are on one line', () => {
  expect(toJson(exampleReport())).toContain('"values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]');
});

test('a number that JSON cannot represent is refused, not turned into null', async () => {
  const report = exampleReport();
  report.totals.earned = NaN;
  await expect(writeJson(report, join(folder, 'nan.json'))).rejects.toThrow();
});

describe('a file that is not a report is refused in one line', () => {
  const cases: [what: string, text: string, message: RegExp][] = [
    ['no JSON', '{', /is not JSON$/],
    ['another document', '{"schema":"other","version":1}', /is not a score report of im2grade$/],
    [
      'a newer version',
      '{"schema":"im2grade/score-report","version":3}',
      /version 3; this grader reads up to version 2: update im2grade$/,
    ],
    ['a damaged one', '{"schema":"im2grade/score-report","version":2}', /is a damaged score report: assignment: /],
  ];
  test.each(cases)('%s', async (_, text, message) => {
    const path = join(folder, 'bad.json');
    await writeFile(path, text);
    await expect(readJson(path)).rejects.toThrow(message);
  });

  test('no file', async () => {
    await expect(readJson(join(folder, 'missing.json'))).rejects.toThrow(/missing\.json cannot be read: no such file$/);
  });
});
