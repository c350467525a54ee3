import { expect, test } from '@jest/globals';
import { sourceList } from './sourceList.ts';

const MORE = 'The file is longer; save it to see the rest.';

test.each([
  ['empty lines', '\n'.repeat(110_000)],
  ['quotes', '"'.repeat(110_000)],
  ['lines of quotes', '"""\n'.repeat(27_000)],
  ['one long line', 'x'.repeat(200_000)],
])('a file of %s makes no large page, and says that it is longer', (_, text) => {
  const { markup } = sourceList(text, []);
  expect(markup.length).toBeLessThan(400_000);
  expect(markup).toContain(MORE);
});

test('a file of two thousand lines is shown whole, and a note about a line that is not shown is above it', () => {
  const text = 'const x = a && b < "c";\n'.repeat(2000);
  const { markup } = sourceList(text, [{ line: 2001, text: 'below the end', by: 'Grace' }]);
  expect(markup).toContain('id="L2000"');
  expect(markup).not.toContain(MORE);
  expect(markup.indexOf('below the end')).toBeLessThan(markup.indexOf('id="L1"'));
});
