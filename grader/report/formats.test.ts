import { describe, expect, test } from '@jest/globals';
import { exampleReport } from './test/exampleReport.ts';
import { HOSTILE, hostileReport } from './test/hostileReport.ts';
import { longReport, SECRETS, secretReport } from './test/secretReport.ts';
import { gradebookFormat, GRADEBOOK_FORMAT_NAMES, parseWanted, reportFormat, REPORT_FORMAT_NAMES } from './formats.ts';

/** All but our own document, which is for teachers. */
const SHOWN = [...REPORT_FORMAT_NAMES.filter((name) => name !== 'json'), ...GRADEBOOK_FORMAT_NAMES];
/** Control characters but the line break, what turns text around, halves of characters. */
const UNFIT = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

describe.each(SHOWN)('%s', (name) => {
  const { format } = parseWanted(name);

  test('tells nothing of what a hidden criterion examined', () => {
    const text = format.render(secretReport('hidden'));
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  test('tells what a public criterion examined where it tells anything', () => {
    const [, padding] = exampleReport().outcomes;
    const isTable = gradebookFormat(name) !== undefined || name === 'github-classroom';
    expect(format.render(secretReport('hidden')).includes('expected 0, got 7.25')).toBe(!isTable);
    expect(padding.reason).toContain('expected 0, got 7.25');
  });

  test('hostile text leaves nothing unfit', () => {
    for (const text of [format.render(hostileReport()), ...HOSTILE.flatMap((message) => refused(name, message))])
      expect(text).not.toMatch(UNFIT);
  });

  test('stays below the 1 MB that importers take', () => {
    expect(Buffer.byteLength(format.render(longReport()))).toBeLessThanOrEqual(1_000_000);
  });

  test('the same report gives the same bytes', () =>
    expect(format.render(exampleReport())).toBe(format.render(exampleReport())));
});

test('what opens after the due date is left to Gradescope, and closed everywhere else', () => {
  for (const name of SHOWN) {
    const text = parseWanted(name).format.render(secretReport('after-due'));
    expect({ name, tells: text.includes(SECRETS[0]) }).toEqual({ name, tells: name === 'gradescope' });
  }
});

test('a format may be named with a file', () => {
  expect(parseWanted('junit=a=b.xml')).toEqual({ format: reportFormat('junit'), path: 'a=b.xml' });
  expect(parseWanted('junit').path).toBeUndefined();
});

test.each([
  ['xunit', /^--report xunit: unknown format "xunit"; there is: json, junit, .*canvas$/],
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
