import { credit, CriterionFailure, layersOf, type ModelLayer, type ModelStructure } from '@im2grade/kit';
import * as z from 'zod';
import { answer, ANSWERS, type ModelName } from '../handedIn.ts';

const Count = z.number().int().positive();
const Row = z.union([
  z.tuple([z.literal('conv'), Count, Count]),
  z.tuple([z.enum(['conv', 'dense', 'batch-norm']), Count]),
]);
type Row = z.infer<typeof Row>;
const MOST_ROWS = 200;

/**
 * Judges the table of a model's layers in `answers.yaml` by the model itself. Exporters may fold batch norm into the layer
 * before, so that its rows may be there or not if the model has none.
 */
export function judgeTable(name: ModelName, structure: ModelStructure): ReturnType<typeof credit> {
  const path = `${name}.table`;
  const rows = rowsAt(path);
  const layers = layersOf(structure).filter(({ parameters, type }) => parameters > 0 && type !== 'other');
  const hasBatchNorm = layers.some(({ type }) => type === 'batch-norm');
  const compared = rows.filter(([type]) => hasBatchNorm || type !== 'batch-norm');
  const count = Math.max(compared.length, layers.length);
  const wrong = Array.from({ length: count }, (_, i) => i).filter((i) => !fits(compared[i], layers[i]));
  const remarks = wrong.slice(0, 5).map((i) => ({
    type: 'remark' as const,
    message: `${ANSWERS}: ${path}: ${compared[i] ? `row [${compared[i].join(', ')}]` : 'no row'} for ${layers[i] ? `the layer ${layers[i].node} of the model` : 'no layer of the model'}`,
  }));
  return credit(
    1 - wrong.length / count,
    wrong.length === 0 ? '' : `${wrong.length} of ${count} layers differ`,
    remarks,
  );
}

function rowsAt(path: string): Row[] {
  const rows = z.array(Row).min(1).max(MOST_ROWS).safeParse(answer(path));
  if (rows.success) return rows.data;
  throw new CriterionFailure(`${ANSWERS}: ${path} must be a list of layers, like [[conv, 32, 5], [dense, 10]]`);
}

function fits(row: Row | undefined, layer: ModelLayer | undefined): boolean {
  if (!row || !layer || row[0] !== layer.type || row[1] !== layer.units) return false;
  return row.length < 3 || (layer.size?.every((side) => side === row[2]) ?? false);
}
