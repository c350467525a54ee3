import { expect, test } from '@jest/globals';
import { savedLines } from './savedLines.ts';

test('files are listed in one line, or in a line for each if that is too wide', () => {
  expect(savedLines(['a.html', 'a.json'], 80)).toBe('Saved a.html and a.json\n');
  expect(savedLines(['a.html', 'a.json'], 20)).toBe('Saved\n  a.html\n  a.json\n');
});

test('the name of a submission cannot control the terminal', () =>
  expect(savedLines(['reports/a\u001b[2J\u202eb\u0007\nc/report.html'], 80)).toBe('Saved reports/ab c/report.html\n'));
