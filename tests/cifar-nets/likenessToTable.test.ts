import type { ModelLayer } from '@im2grade/models/layersOf';
import { expect, test } from '@jest/globals';
import { likenessToTable } from '../../skeleton/cifar-nets/programs/check/likenessToTable.ts';

const layer = (type: ModelLayer['type'], units: number): ModelLayer =>
  ({ type, units, node: `${type} ${units}`, parameters: 1, size: [3, 3] }) as ModelLayer;
const conv = (units: number) => layer('conv', units);
const norm = (units: number) => layer('batch-norm', units);

const TABLE = [
  ['conv', 8, 3],
  ['batch-norm', 8],
  ['conv', 16, 3],
  ['batch-norm', 16],
  ['dense', 10],
];

test.each([
  ['none', [conv(8), norm(8), conv(16), norm(16), layer('dense', 10)]],
  ['all', [conv(8), conv(16), layer('dense', 10)]],
  ['the first', [conv(8), conv(16), norm(16), layer('dense', 10)]],
  ['the last', [conv(8), norm(8), conv(16), layer('dense', 10)]],
])('a table with batch norms is right for a model of which %s are folded', (_, layers) => {
  expect(likenessToTable(TABLE, layers)).toMatchObject({ problems: [] });
});

test('a batch norm of the model that the table does not have is missed', () => {
  const found = likenessToTable([TABLE[0], ...TABLE.slice(2)], [conv(8), norm(8), conv(16), layer('dense', 10)]);
  expect(found).not.toMatchObject({ problems: [] });
});
