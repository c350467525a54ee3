import { expect, test } from '@jest/globals';
import { passagesIn, readable } from './passages.ts';

const LONG = 'for (let i = 0; i < values.length; i++) sum += values[i];';
/** 33 characters: three of them are a passage. */
const SHORT = ['first', 'other', 'third'].map((name) => `const ${name} = values.length - 1;`);

test('a long line is a passage, and so is a row of short lines', () => {
  expect([...passagesIn(`  ${LONG}\n  }\n`)]).toEqual([LONG]);
  expect([...passagesIn(SHORT.slice(1).join('\n'))]).toEqual([]);
  expect([...passagesIn(SHORT.join('\n\n'))]).toEqual([SHORT.join('\n')]);
  expect([...passagesIn([...SHORT.slice(1), LONG, SHORT[0]].join('\n'))]).toEqual([LONG]);
});

test('comments and imports are none', () => {
  const imported = `import {\n  ${SHORT[0]}\n  convolutionOfAnImageWithManyKernels,\n} from '@im2grade/nn';\n`;
  expect([...passagesIn(`${imported}// ${LONG}\n/**\n * ${LONG}\n */\n`)]).toEqual([]);
});

test('a passage is found in a comment, a quotation or a list, whatever the indentation', () => {
  for (const text of [`// ${LONG}`, ` * ${LONG}`, `    > ${LONG}`, `- \`${LONG}\``, SHORT.join(`\n\n${LONG}\n`)])
    expect(readable(text)).toContain(LONG);
  expect([...passagesIn(`- ${LONG}`)]).toEqual([LONG]);
  expect(readable(SHORT.map((line) => `   // ${line}`).join('\n\n'))).toBe(SHORT.join('\n'));
});
