import type { ModelLayer } from '@im2grade/models/layersOf';
import * as z from 'zod';

const Count = z.number().int().positive();
const Row = z.union([
  z.tuple([z.literal('conv'), Count, Count]),
  z.tuple([z.enum(['conv', 'dense', 'batch-norm']), Count]),
]);
type Row = z.infer<typeof Row>;
const MOST_ROWS = 200;

const Rows = z.array(Row).min(1).max(MOST_ROWS);

/** How far the table of a model in `answers.yaml` is right. */
export interface TableLikeness {
  readonly rows: number;
  /** A line for each row or layer without a counterpart. */
  readonly problems: readonly string[];
}

/**
 * Compares a table with the layers of the model. Exporters may fold a batch norm into the layer before, so that its row may
 * be there or not if the model has none at that place.
 *
 * @param table - as `answers.yaml` has it
 * @returns one line if it is no table
 */
export function likenessToTable(table: unknown, layersOfModel: readonly ModelLayer[]): TableLikeness | string {
  const rows = Rows.safeParse(table);
  if (!rows.success) return 'must be a list of layers, like [[conv, 32, 5], [dense, 10]]';
  const layers = layersOfModel.filter(({ parameters, type }) => parameters > 0 && type !== 'other');
  const compared = withoutFolded(rows.data, layers);
  const count = Math.max(compared.length, layers.length);
  const wrong = Array.from({ length: count }, (_, i) => i).filter((i) => !fits(compared[i], layers[i]));
  const problems = wrong.map(
    (i) =>
      `${compared[i] ? `row [${compared[i].join(', ')}]` : 'no row'} for ${layers[i] ? `the layer ${layers[i].node} of the model` : 'no layer of the model'}`,
  );
  return { rows: count, problems };
}

/** The rows without batch norms that the model has in the layer before. */
function withoutFolded(rows: readonly Row[], layers: readonly ModelLayer[]): Row[] {
  const compared: Row[] = [];
  for (const [at, row] of rows.entries()) {
    const mayBeFolded = row[0] === 'batch-norm' && at > 0 && rows[at - 1][0] !== 'batch-norm';
    if (!mayBeFolded || layers[compared.length]?.type === 'batch-norm') compared.push(row);
  }
  return compared;
}

function fits(row: Row | undefined, layer: ModelLayer | undefined): boolean {
  if (!row || !layer || row[0] !== layer.type || row[1] !== layer.units) return false;
  return row.length < 3 || (layer.size?.every((side) => side === row[2]) ?? false);
}
