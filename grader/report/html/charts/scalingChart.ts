import type { Scaling } from '../../../model/evidence.ts';
import { printableLine } from '../../text/printable.ts';
import type { Html } from '../html.ts';
import { colourOf, vegaSvg } from './vegaSvg.ts';

/** Speed-ups call by call, a row for each implementation, from no gain to the number of threads. */
export async function scalingChart({ operation, team, seconds, speedUp }: Scaling): Promise<Html> {
  const names = ['submission', 'reference'] as const;
  const dots = names.flatMap((name) =>
    seconds[name][speedUp[name].over].map((time, i) => ({ name, factor: time / seconds[name].together[i] })),
  );
  const middles = Object.entries(speedUp).map(([name, { median }]) => ({
    name,
    factor: median,
    label: `${median.toFixed(2)} ×`,
  }));
  const x = {
    field: 'factor',
    type: 'quantitative',
    scale: {
      domainMin: Math.min(1, ...dots.map(({ factor }) => factor)),
      domainMax: Math.max(team, ...dots.map(({ factor }) => factor)) * 1.1,
      zero: false,
    },
    axis: { title: `speed-up on ${team} threads` },
  } as const;
  const y = {
    field: 'name',
    type: 'nominal',
    sort: [...names],
    axis: { title: null, labelFontSize: 13, labelLimit: 120 },
  } as const;
  const color = {
    field: 'name',
    type: 'nominal',
    scale: { domain: [...names], range: names.map(colourOf) },
    legend: null,
  } as const;
  return vegaSvg({
    description: `Speed-up of ${printableLine(operation)} on ${team} threads: ${names.join(', ')}`,
    width: 340,
    height: { step: 44 },
    data: { values: dots },
    encoding: { x, y, color },
    layer: [
      { mark: { type: 'point', filled: true, size: 40, opacity: 0.55 } },
      { data: { values: middles }, mark: { type: 'tick', thickness: 2.5, size: 34, opacity: 1 } },
      {
        data: { values: middles },
        mark: { type: 'text', align: 'left', dx: 12, dy: -14, fontSize: 12, fontWeight: 600 },
        encoding: { text: { field: 'label', type: 'nominal' }, color: { value: 'currentColor' } },
      },
    ],
  });
}
