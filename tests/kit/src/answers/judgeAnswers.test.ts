import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { either, follows, near } from './asked.ts';
import { judgeAnswers } from './judgeAnswers.ts';

const ASKED = {
  pool: { output: [64, 20, 12, 12] },
  reshape: { columns: 2880 },
  accuracy: near(0.985, 0.001),
  parameters: 1_446_030,
};
const RIGHT = `pool:
  output: [64, 20, 12, 12]
reshape: { columns: 2880 }
accuracy: 0.9853
parameters: 1446030
`;

const COMMA = 'has a comma: write decimals with a point, as in 0.5, and thousands without a mark';

const judge = (text: string) => judgeAnswers({ 'answers.yaml': text }, 'answers.yaml', ASKED);
const remarks = (text: string) =>
  judge(text).evidence.map((each) => (each.type === 'remark' ? each.message : each.type));

test('right answers pass', () => expect(judge(RIGHT)).toMatchObject({ status: 'passed', credit: 1, evidence: [] }));

test.each([
  ['a wrong shape', '[64, 20, 12, 12]', '[64, 20, 24, 24]', '2: pool.output: [64, 20, 24, 24] is not right'],
  ['a size too few', '[64, 20, 12, 12]', '[64, 20, 12]', '2: pool.output: [64, 20, 12] is not right'],
  ['a wrong number', '2880', '11520', '3: reshape.columns: 11520 is not right'],
  ['a number too far', '0.9853', '0.99', '4: accuracy: 0.99 is not right'],
  ['a blank', '0.9853', '', '4: accuracy: not filled in'],
  ['a name left out', 'parameters', 'paramters', '1: parameters: missing'],
  ['a text for a number', '1446030', 'many', '5: parameters: must be a number, not "many"'],
  ['a mark between thousands', '1446030', '1,446,030', `5: parameters: 1,446,030 ${COMMA}`],
  ['a decimal comma', '0.9853', '0,9853', `4: accuracy: 0,9853 ${COMMA}`],
  ['a decimal comma in braces', '2880 }', '2880,05 }', `3: reshape.columns: 2880,05 ${COMMA}`],
  [
    'a number for a shape',
    '[64, 20, 12, 12]',
    '184320',
    '2: pool.output: must be a list of whole numbers, like [2, 3], not 184320',
  ],
  [
    'a text in a shape',
    '[64, 20',
    '[N, 20',
    '2: pool.output: must be a list of whole numbers, like [2, 3], not ["N", 20, 12, 12]',
  ],
  [
    'a value above asked names',
    '{ columns: 2880 }',
    '2880',
    '3: reshape.columns: reshape must hold names with values, columns among them',
  ],
  [
    'a name twice',
    'parameters: 1446030',
    'parameters: 1446030\nparameters: 5',
    '5: parameters: parameters occurs twice',
  ],
  ['an infinite number', '1446030', '1e999', '5: parameters: must be a number, not Infinity'],
  ['not a number', '0.9853', '.nan', '4: accuracy: must be a number, not NaN'],
])('%s costs its share and is named', (_, find, replace, problem) => {
  const text = RIGHT.replace(find, replace);
  expect(remarks(text)).toEqual([`answers.yaml:${problem}`]);
  expect(judge(text)).toMatchObject({ status: 'partial', credit: 0.75, reason: '3 of 4 answers are right' });
});

test('if a question has two right answers, either is right', () => {
  const verdicts = ['5', '7', '[5]', '6', 'five'].map((answer) =>
    judgeAnswers({ 'a.yaml': `cell: ${answer}` }, 'a.yaml', { cell: either(5, near(7, 0.5), [5]) }),
  );
  expect(verdicts.map(({ credit }) => credit)).toEqual([1, 1, 1, 0, 0]);
  expect(verdicts.at(-1)!.evidence).toEqual([
    { type: 'remark', message: 'a.yaml:1: cell: must be a number, not "five"' },
  ]);
});

test('in braces, a comma before the next name is no decimal comma', () => {
  const judged = (text: string) => judgeAnswers({ 'a.yaml': text }, 'a.yaml', { cell: { a: 0, b: 93 } });
  expect(judged('cell: { a: 0, b: 93, }').status).toBe('passed');
  expect(judged('cell: { a: 0, 93: , b: 93 }').evidence).toEqual([
    { type: 'remark', message: `a.yaml:1: cell.a: 0,93 ${COMMA}` },
  ]);
});

const IN_TURN = {
  size: [8, 6],
  units: follows(48, ['size'], ([rows, columns]) => rows * columns),
  connections: follows(either(192, 190), ['units'], ([units]) => 4 * units),
};

test.each([
  ['what is right', '[8, 6]', 48, 192, 3],
  ['another reading', '[8, 6]', 48, 190, 3],
  ['one slip, and what follows from it', '[8, 5]', 40, 160, 2],
  ['a slip in the middle, and what follows from it', '[8, 6]', 40, 160, 2],
  ['one slip, and the right answers after it', '[8, 5]', 48, 192, 2],
  ['two slips', '[8, 5]', 41, 164, 1],
  ['nothing but zeros', '[0, 0]', 0, 0, 0],
  ['an earlier cell that is no number', 'eight', 48, 192, 2],
  ['an earlier cell that is left out', '', 40, 192, 1],
])('%s', (_, size, units, connections, right) => {
  const text = `size: ${size}\nunits: ${units}\nconnections: ${connections}\n`;
  expect(judgeAnswers({ 'a.yaml': text }, 'a.yaml', IN_TURN).credit).toBe(right / 3);
});

test('an alias is not followed', () =>
  expect(remarks(RIGHT.replace('2880', '&n 2880').replace('parameters: 1446030', 'parameters: *n'))).toEqual([
    'answers.yaml:5: parameters: write the value itself, not an alias',
  ]));

test.each([
  ['no file', {}, 'no readable answers.yaml was handed in'],
  [
    'an empty file',
    { 'answers.yaml': '' },
    'answers.yaml: pool.output, reshape.columns, accuracy, parameters not filled in yet',
  ],
  ['only blanks', { 'answers.yaml': 'pool:\nreshape: { columns: }\naccuracy: ~\n' }, 'answers.yaml: pool.output'],
  [
    'a file by an inherited name',
    Object.create({ 'answers.yaml': RIGHT }) as Record<string, string>,
    'no readable answers.yaml',
  ],
])('%s is not attempted', (_, texts, words) =>
  expect(() => judgeAnswers(texts, 'answers.yaml', ASKED)).toThrow(
    expect.objectContaining({
      name: 'SubmissionFault',
      kind: 'not-implemented',
      message: expect.stringContaining(words),
    }),
  ),
);

const KiB = 1024;
test.each([
  ['1 MiB', '#'.repeat(KiB * KiB), 'answers.yaml: 1048576 bytes; at most 65536 are read'],
  ['brackets without end', '['.repeat(60 * KiB), 'answers.yaml:1:'],
  ['maps in maps', '{a: '.repeat(15 * KiB), 'answers.yaml:1:'],
  ['a tab for a space', 'pool:\n\toutput: 1\n', 'answers.yaml:2:1: not YAML'],
  ['two documents', `${RIGHT}---\n${RIGHT}`, 'not YAML'],
])('%s fails with the line', (_, text, message) =>
  expect(() => judge(text)).toThrow(
    expect.objectContaining({ name: 'CriterionFailure', message: expect.stringContaining(message) }),
  ),
);

test.each([
  [
    'a bomb of aliases',
    `a: &a [1]\n${Array.from(
      { length: 40 },
      (_, n) =>
        `b${n}: &b${n} [${Array(9)
          .fill(n > 0 ? `*b${n - 1}` : '*a')
          .join()}]`,
    ).join('\n')}`,
  ],
  ['many names', Array.from({ length: 9000 }, (_, n) => `k${n}:`).join('\n')],
  ['names of prototypes', '__proto__: { pool: { output: [64, 20, 12, 12] } }\nconstructor: 1\ntoString: 2'],
  ['tags', '!!js/function "process.exit()": !!python/object/apply:os.system [ls]'],
  ['a merge key', 'base: &base { columns: 2880 }\nreshaped: { <<: *base }'],
])('%s earns nothing and does not affect right answers', (_, hostile) => {
  expect(() => judge(hostile)).toThrow(expect.objectContaining({ name: 'SubmissionFault' }));
  expect(judge(`${hostile}\n${RIGHT}`).status).toBe('passed');
});

test.each([
  ['a list', '- 1\n- 2\n'],
  ['a word', 'none\n'],
  ['a huge number', '9'.repeat(60 * KiB)],
])('%s for the whole file fails every cell', (_, text) => {
  expect(judge(text)).toMatchObject({ status: 'failed', credit: 0 });
  expect(remarks(text)[0]).toBe('answers.yaml:1: pool.output: the file must hold names with values, pool among them');
});

test('for any text, the verdict is one of our own', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(...'pool:output[]{}-&*!|>#\n\t "%@') }),
      ),
      (text) => {
        try {
          expect(judge(text).credit).toBeLessThanOrEqual(1);
        } catch (error) {
          expect(['CriterionFailure', 'SubmissionFault']).toContain((error as Error).name);
        }
      },
    ),
    { numRuns: 500 },
  ));
