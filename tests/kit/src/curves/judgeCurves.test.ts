import { expect, test } from '@jest/globals';
import { encodeCurves } from '@im2grade/formats';
import { LearningCurves } from '@im2grade/grader/model/evidence.ts';
import { drawnCurves } from './drawnCurves.ts';
import { judgeCurves } from './judgeCurves.ts';

const FILE = 'curves.csv';
const RIGHT = 'epoch,train_loss,test_loss,test_accuracy\n1,1.6,1.7,0.4\n2,1.2,1.5,0.45\n3,0.9,1.6,0.44\n';

const judge = (text: string) =>
  judgeCurves({ [FILE]: text }, FILE, { model: 'a net', curves: ['train_loss', 'test_loss'], mostEpochs: 10 });
const remarks = (text: string) =>
  judge(text).evidence.flatMap((each) => (each.type === 'remark' ? [each.message] : []));

test('right curves pass and are drawn', () => {
  const { status, credit, reason, evidence } = judge(RIGHT);
  expect({ status, credit, reason }).toEqual({ status: 'passed', credit: 1, reason: '' });
  expect(evidence).toEqual([
    {
      type: 'learning-curves',
      network: 'a net',
      files: [FILE],
      epochs: [1, 2, 3],
      series: [
        { name: 'train', crossEntropy: [1.6, 1.2, 0.9], accuracy: [] },
        { name: 'test', crossEntropy: [1.7, 1.5, 1.6], accuracy: [0.4, 0.45, 0.44] },
      ],
    },
  ]);
});

test.each([
  ['a curve that is not there', 'test_loss', 'test_lost', 'there is no column test_loss', 0.5],
  ['a curve without an end', '1.6,0.44', ',0.44', 'test_loss has no finite number in epoch 3', 0.5],
  ['an epoch that is missing', '\n3,', '\n4,', 'epoch 3 is missing', 0],
  ['too many epochs', RIGHT, `epoch,train_loss,test_loss\n${rows(11)}`, '11 epochs; at most 10 are allowed', 0],
  ['a curve beside those asked for', '0.45', '45', 'test_accuracy is above 1 in epoch 2; an accuracy is a share', 1],
])('%s is named', (_, find, replace, problem, credit) => {
  const text = RIGHT.replace(find, replace);
  expect(judge(text).credit).toBe(credit);
  expect(remarks(text)[0]).toMatch(`${FILE}: ${problem}`);
});

function rows(count: number): string {
  return Array.from({ length: count }, (_, i) => `${i + 1},${2 / (i + 1)},${3 / (i + 1)}\n`).join('');
}

test('what no training gives can be drawn and saved nevertheless', () => {
  const { evidence } = judge('epoch,train_loss,test_loss\n1,nan,1e999\n1,,-1\n');
  expect(evidence.at(-1)).toMatchObject({
    series: [{ crossEntropy: ['NaN', 'NaN'] }, { crossEntropy: ['Infinity', -1] }],
  });
  expect(LearningCurves.parse(evidence.at(-1))).toEqual(evidence.at(-1));
});

test('no file, or one that is no table, is reported in one line', () => {
  expect(() => judgeCurves({}, FILE, { model: '', curves: ['test_loss'] })).toThrow(
    expect.objectContaining({ name: 'SubmissionFault', message: `no readable ${FILE} was handed in` }),
  );
  expect(() => judge('<svg onload=alert(1)>')).toThrow(
    expect.objectContaining({ name: 'CriterionFailure', message: `${FILE}: no line below the names of the columns` }),
  );
});

test('the curves of two models go into one plot', () => {
  const curves = (loss: number[]) => ({ epochs: loss.map((_, i) => i), values: { train_loss: loss } });
  const drawn = drawnCurves([
    { file: 'a.csv', model: 'A', curves: curves([2, 1]) },
    { file: 'b.csv', model: 'B', curves: curves([2, 1, 0.5]) },
  ]);
  expect(drawn).toMatchObject({
    network: 'A and B',
    epochs: [0, 1, 2],
    series: [{ name: 'A, train' }, { name: 'B, train' }],
  });
  expect(encodeCurves(curves([2, 1]))).toBe('epoch,train_loss\n0,2\n1,1\n');
});
