import { printableLine } from '../../text/printable.ts';
import type { Html } from '../html.ts';
import { colourOf, vegaSvg } from './vegaSvg.ts';

export interface Curve {
  readonly name: string;
  /** One value per epoch; values that are not numbers leave a gap. */
  readonly values: readonly number[];
}

/**
 * Curves over epochs; the first is solid, the others dashed, so that overlapping curves are both visible.
 *
 * @param epochs - the number of each epoch; 1, 2, … without it
 */
export async function curveChart(
  title: string,
  curves: readonly Curve[],
  epochs: readonly number[] = [],
): Promise<Html> {
  const named = curves.map(({ name, values }) => ({ name: printableLine(name), values }));
  const names = named.map(({ name }) => name);
  const values = named.flatMap(({ name, values: heights }) =>
    heights.map((height, i) => ({ name, epoch: epochs[i] ?? i + 1, height: Number.isFinite(height) ? height : null })),
  );
  const scale = { domain: names } as const;
  return vegaSvg({
    description: `${title} per epoch: ${names.join(', ')}`,
    // The size of the whole drawing, so that neighbouring charts line up whatever room their labels take.
    autosize: { type: 'fit', contains: 'padding' },
    width: 360,
    height: 280,
    title,
    data: { values },
    mark: { type: 'line', strokeWidth: 2.5, point: lengthOf(curves) === 1 },
    encoding: {
      x: { field: 'epoch', type: 'quantitative', axis: { title: 'epoch', tickMinStep: 1, format: 'd', grid: false } },
      y: {
        field: 'height',
        type: 'quantitative',
        scale: { zero: false },
        axis: { title: null, tickCount: 5, format: '~g' },
      },
      color: { field: 'name', type: 'nominal', scale: { ...scale, range: names.map(colourOf) } },
      strokeDash: {
        field: 'name',
        type: 'nominal',
        scale: { ...scale, range: names.map((_, at) => (at === 0 ? [1, 0] : [6, 4])) },
      },
    },
  });
}

/** The longest curve's length: a single epoch is a point, not a line. */
const lengthOf = (curves: readonly Curve[]): number => Math.max(0, ...curves.map(({ values }) => values.length));
