import type { Scaling } from '../../../model/evidence.ts';
import type { Html } from '../html.ts';
import { colourOf, vegaSvg } from './vegaSvg.ts';

/** Speed-up over threads with its intervals: both implementations, and the ideal line of n times for n threads. */
export async function scalingCurve(evidence: readonly Scaling[]): Promise<Html> {
  const most = Math.max(...evidence.map(({ team }) => team));
  const points = evidence.flatMap(({ team, speedUp }) =>
    Object.entries(speedUp).map(([name, { median, low, high }]) => ({
      name,
      threads: team,
      factor: median,
      low,
      high,
    })),
  );
  const names = [...new Set(points.map(({ name }) => name)), IDEAL];
  const one = names.map((name) => ({ name, threads: 1, factor: 1, low: 1, high: 1 }));
  const ideal = { name: IDEAL, threads: most, factor: most, low: most, high: most };
  const scale = { domain: names } as const;
  return vegaSvg({
    description: `Speed-up over threads: ${names.join(', ')}`,
    width: 340,
    height: 220,
    data: { values: [...one, ...points, ideal] },
    encoding: {
      x: {
        field: 'threads',
        type: 'quantitative',
        scale: { domain: [1, most], nice: false },
        axis: { title: 'threads', values: [1, ...new Set(points.map(({ threads }) => threads))], format: 'd' },
      },
      y: { field: 'factor', type: 'quantitative', scale: { zero: false }, axis: { title: 'speed-up', tickCount: 5 } },
      color: { field: 'name', type: 'nominal', scale: { ...scale, range: names.map(colourOf) } },
      strokeDash: {
        field: 'name',
        type: 'nominal',
        scale: { ...scale, range: names.map((name) => (name === IDEAL ? [2, 5] : [1, 0])) },
      },
    },
    layer: [
      { mark: { type: 'line', strokeWidth: 2.5, point: { size: 50 } } },
      {
        data: { values: points },
        mark: { type: 'rule', strokeWidth: 6, opacity: 0.35 },
        encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' }, strokeDash: { value: [1, 0] } },
      },
    ],
  });
}

const IDEAL = 'ideal';
