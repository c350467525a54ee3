import { describe, expect, test } from '@jest/globals';
import { exampleReport } from '../report/test/exampleReport.ts';
import { HOSTILE, hostileReport } from '../report/test/hostileReport.ts';
import { longReport, SECRETS, secretReport } from '../report/test/secretReport.ts';
import { gradebookFormat, GRADEBOOK_FORMAT_NAMES, parseWanted, reportFormat, REPORT_FORMAT_NAMES } from './formats.ts';

/** All but our own document, which is for teachers. */
const SHOWN = [...REPORT_FORMAT_NAMES.filter((name) => name !== 'json'), ...GRADEBOOK_FORMAT_NAMES];
/** Read in a browser, so their length is not limited. */
const PAGES = ['student-page', 'student-page-after-due'];
/** Control characters except line breaks, direction controls, halves of surrogate pairs. */
const UNFIT = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

describe.each(SHOWN)('%s', (name) => {
  const { format } = parseWanted(name);

  test('does not reveal what a hidden criterion examined', async () => {
    const text = await format.render(secretReport('hidden'));
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  test('shows what a public criterion examined, if it shows any details', async () => {
    const [, padding] = exampleReport().outcomes;
    const isTable = gradebookFormat(name) !== undefined || name === 'github-classroom';
    const text = await format.render(secretReport('hidden'));
    expect(text.includes('expected 0, got 7.25')).toBe(!isTable);
    expect(padding.reason).toContain('expected 0, got 7.25');
  });

  test('hostile text leaves no unsafe character', async () => {
    for (const text of [await format.render(hostileReport()), ...HOSTILE.flatMap((message) => refused(name, message))])
      expect(text).not.toMatch(UNFIT);
  });

  test('the same report gives the same bytes', async () =>
    expect(await format.render(exampleReport())).toBe(await format.render(exampleReport())));
});

test.each(SHOWN.filter((name) => !PAGES.includes(name)))(
  '%s stays below the 1 MB that importers take',
  async (name) => {
    const text = await parseWanted(name).format.render(longReport());
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
  },
);

test('criteria that open after the due date are left to Gradescope and a page of their own, and are closed everywhere else', async () => {
  for (const name of SHOWN) {
    const text = await parseWanted(name).format.render(secretReport('after-due'));
    const reveals = name === 'gradescope' || name === 'student-page-after-due';
    expect({ name, reveals: text.includes(SECRETS[0]) }).toEqual({ name, reveals });
  }
});

test('a format may be given with a file', () => {
  expect(parseWanted('junit=a=b.xml')).toEqual({ format: reportFormat('junit'), path: 'a=b.xml' });
  expect(parseWanted('junit').path).toBeUndefined();
});

test.each([
  ['xunit', /^--report xunit: unknown format "xunit"; available: json, junit, .*canvas$/],
  ['constructor', /unknown format "constructor"/],
  ['=x', /unknown format ""/],
  ['junit=', /^--report junit=: the file's name is missing$/],
])('--report %s is refused', (text, message) => expect(() => parseWanted(text)).toThrow(message));

function refused(name: string, message: string): string[] {
  const rubric = [{ group: 'Group', criteria: [] }];
  const refusal = { assignment: { id: 'conv', title: 'Convolution', rubric }, submission: 'ada', message };
  const text = reportFormat(name)?.renderRefusal?.(refusal);
  return text === undefined ? [] : [text];
}
