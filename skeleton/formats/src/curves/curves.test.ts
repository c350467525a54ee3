import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FormatError } from '../FormatError.ts';
import { CURVE_NAMES, type Curves } from './Curves.ts';
import { decodeCurves } from './decodeCurves.ts';
import { encodeCurves } from './encodeCurves.ts';
import { implausible } from './implausible.ts';

describe('decodeCurves', () => {
  test('reads what encodeCurves writes', () => {
    const curves = fc
      .record({
        epochs: fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        names: fc.subarray([...CURVE_NAMES]),
        height: fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 20, maxLength: 20 }),
      })
      .map(({ epochs, names, height }) => ({
        epochs,
        values: Object.fromEntries(names.map((name) => [name, height.slice(0, epochs.length).map((each) => each + 0)])),
      }));
    fc.assert(fc.property(curves, (given) => expect(decodeCurves(encodeCurves(given))).toEqual(given)));
  });

  test.each([
    ['Keras', 'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.3,1.9,0.4,1.7\n'],
    [
      'a spreadsheet',
      '\ufeff"Epoch";"Training accuracy";"Training loss";"Validation accuracy";"Validation loss"\r\n0;0.3;1.9;0.4;1.7\r\n\r\n',
    ],
    ['pandas', ',epoch,lr,train_acc,train_loss,val_acc,val_loss\n0,0,1e-3,0.3,1.9,.4,1.7'],
    ['tabs', 'epoch\ttrain-accuracy\ttrain-loss\tvalidation-accuracy\tvalidation-loss\n0\t0.3\t1.9\t0.4\t1.7'],
  ])('reads the form of %s', (_, text) => {
    expect(decodeCurves(text)).toEqual({
      epochs: [0],
      values: { train_accuracy: [0.3], train_loss: [1.9], validation_accuracy: [0.4], validation_loss: [1.7] },
    });
  });

  test('reads what is no number as NaN, for the judgement to name', () => {
    const { values } = decodeCurves('epoch,train_loss\n1,nan\n2,\n3,-inf\n4,1e999\n');
    expect(values.train_loss).toEqual([NaN, NaN, NaN, Infinity]);
  });

  test.each([
    ['nothing', '', 'no line of names, such as epoch,train_loss,validation_loss'],
    ['names only', 'epoch,train_loss\n', 'no line below the names of the columns'],
    ['no names', '1,0.5\n2,0.4', 'line 1 names no column epoch, but 1, 0.5; write epoch,train_loss,validation_loss'],
    ['a column twice', 'epoch,loss,train_loss\n1,1,1', 'line 1 names the column train_loss twice'],
    ['too few values', 'epoch,train_loss\n1,1\n2', 'line 3 has 1 values for 2 columns'],
    [
      'a decimal comma',
      'epoch;train_loss\n1;0,5',
      'line 2: train_loss is "0,5"; write decimals with a point, as in 0.5',
    ],
    ['a formula', 'epoch,train_loss\n1,=1+1', 'line 2: train_loss is "=1+1"; must be a number'],
    ['hexadecimal', 'epoch,train_loss\n1,0x10', 'line 2: train_loss is "0x10"; must be a number'],
    ['markup', 'epoch,train_loss\n1,<script>\u202e', 'line 2: train_loss is "<script>?"; must be a number'],
    ['half an epoch', 'epoch,train_loss\n1,1\n1.5,1', 'line 3: epoch must be a whole number such as 1'],
    ['an epoch below 0', 'epoch,train_loss\n-1,1', 'line 2: epoch must be a whole number such as 1'],
    ['an endless table', `epoch\n${'1\n'.repeat(2000)}`, 'more than 1000 epochs'],
    ['an endless line', `epoch${',a'.repeat(100)}\n1`, 'more than 64 columns'],
    ['an endless file', ' '.repeat(300_000), '300000 characters; curves have at most 262144'],
  ])('refuses %s in one line', (_, text, message) => {
    expect(() => decodeCurves(text)).toThrow(new FormatError(message));
  });

  test('reads or refuses any text in one line', () => {
    const text = fc.array(
      fc.constantFrom('epoch', 'loss', ',', ';', '\n', '"', '1', '.', 'e', '\0', '\u202e', '=', ' '),
    );
    fc.assert(
      fc.property(text, (parts) => {
        try {
          decodeCurves(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          expect((error as Error).message).toMatch(/^[\x20-\x7e]+$/);
        }
      }),
    );
  });
});

describe('implausible', () => {
  const RIGHT: Curves = {
    epochs: [1, 2, 3],
    values: { train_loss: [1.6, 1.2, 0.9], test_loss: [1.5, 1.6, 1.7], test_accuracy: [0.4, 0.4, 0.5] },
  };
  const problems = (curves: Curves, most?: number) =>
    implausible(curves, most).map(({ curve = 'epochs', problem }) => `${curve}: ${problem}`);

  test('finds nothing in a training that overfits, ends as allowed or begins before its first epoch', () => {
    expect(problems(RIGHT, 3)).toEqual([]);
    expect(problems({ ...RIGHT, epochs: [0, 1, 2] }, 2)).toEqual([]);
  });

  test.each([
    [[1, 2, 4], 'epoch 3 is missing'],
    [[1, 2, 2], 'epoch 2 is there twice'],
    [[1, 3, 2], 'epoch 2 is missing'],
    [[1, 0, 2], 'epoch 0 is after epoch 1'],
    [[5, 6, 7], 'the first epoch is 5; begin with 1'],
  ])('names the epochs %j', (epochs, problem) => {
    expect(problems({ ...RIGHT, epochs })).toEqual([`epochs: ${problem}`]);
  });

  test('names more epochs than allowed', () => {
    expect(problems(RIGHT, 2)).toEqual(['epochs: 3 epochs; at most 2 are allowed']);
  });

  test.each([
    ['train_loss', [1.6, NaN, 0.9], 'has no finite number in epoch 2'],
    ['train_loss', [1.6, 1.2, Infinity], 'has no finite number in epoch 3'],
    ['test_loss', [1.5, -0.1, 1], 'is below 0 in epoch 2'],
    ['test_accuracy', [40, 41, 50], 'is above 1 in epoch 1; an accuracy is a share from 0 to 1'],
    ['test_accuracy', [0.1, 0.1, 0.1], 'is the same in every epoch'],
    ['train_loss', [0.9, 1.2, 1.6], 'is best in epoch 1, the first: nothing was learned'],
    ['train_accuracy', [0.5, 0.4, 0.3], 'is best in epoch 1, the first: nothing was learned'],
    ['test_loss', [1.6, 1.2, 0.9], 'is train_loss in every epoch'],
  ] as const)('names %s %j', (curve, heights, problem) => {
    expect(problems({ ...RIGHT, values: { ...RIGHT.values, [curve]: heights } })).toEqual([`${curve}: ${problem}`]);
  });
});
