import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { cifarFolder } from './cifar/cifarFiles.ts';
import { type DataSet, DATA_SETS, dataSetNames, describeDataSet } from './dataSets.ts';

/** CIFAR-10 is fetched by a command of its own. */
const there = dataSetNames.filter((name) => name !== 'cifar10' || existsSync(cifarFolder()));

test.each(there)('%s has the parts that its split names', (name) => {
  const { split, load }: DataSet = DATA_SETS[name];
  const parts = Object.entries(load());
  expect(Object.fromEntries(parts.map(([part, { count }]) => [part, count]))).toEqual(split);
  for (const [, { images, labels, count }] of parts) {
    expect(labels.length).toBe(count);
    expect(Number.isInteger(images.length / count)).toBe(true);
  }
});

test('a data set is described by its name, its size and its split', () => {
  expect(describeDataSet('mnist')).toBe(
    'mnist: 10,000 digits of MNIST (mnist 1.1.0): 6,999 train, 1,005 validation, 1,996 hiddenTest',
  );
  expect(describeDataSet('mnist16')).toBe(
    'mnist16: 8,004 digits of MNIST (mnist 1.1.0) resampled to 16×16: 5,999 train, 1,000 validation, 1,005 test',
  );
});
