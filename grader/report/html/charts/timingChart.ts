import type { Timing } from '../../../model/evidence.ts';
import { median } from '../../../common/median.ts';
import { duration } from '../../text/numbers.ts';
import { printableLine } from '../../text/printable.ts';
import type { Html } from '../html.ts';
import { colourOf, vegaSvg } from './vegaSvg.ts';

/**
 * The distributions of seconds on one logarithmic axis: a dot per call, spread over its row, and a line at the median.
 * A band shows the interval of the ratio, relative to the reference's median.
 */
export async function timingChart({ operation, seconds, ratio }: Timing): Promise<Html> {
  const { names, dots, bands, middles, range } = drawn(seconds, ratio);
  const x = {
    field: 'ms',
    type: 'quantitative',
    scale: { type: 'log', domainMin: range[0], domainMax: range[1], nice: false },
    axis: { title: 'milliseconds per call', values: ticks(...range), format: '~g' },
  } as const;
  const y = {
    field: 'name',
    type: 'nominal',
    sort: names,
    axis: { title: null, labelFontSize: 13, labelLimit: 120 },
  } as const;
  const color = {
    field: 'name',
    type: 'nominal',
    scale: { domain: names, range: names.map(colourOf) },
    legend: null,
  } as const;
  return vegaSvg({
    description: `Seconds per call of ${printableLine(operation)}: ${names.join(', ')}`,
    width: 340,
    height: { step: 44 },
    data: { values: dots },
    encoding: { x, y, color },
    layer: [
      {
        data: { values: bands },
        mark: { type: 'bar', height: 34, opacity: 0.22 },
        encoding: { x2: { field: 'to' } },
      },
      {
        mark: { type: 'point', filled: true, size: 40, opacity: 0.55 },
        encoding: { yOffset: { field: 'spread', type: 'quantitative', scale: { domain: [-0.4, 1.4] } } },
      },
      { data: { values: middles }, mark: { type: 'tick', thickness: 2.5, size: 34, opacity: 1 } },
      {
        data: { values: middles },
        mark: { type: 'text', align: 'left', dx: 12, fontSize: 12, fontWeight: 600, color: 'currentColor' },
        encoding: {
          x: { ...x, field: 'far' },
          text: { field: 'label', type: 'nominal' },
          color: { value: 'currentColor' },
        },
      },
    ],
  });
}

/** The marks with their positions, in milliseconds. */
function drawn(seconds: Timing['seconds'], ratio: Timing['ratio']) {
  const rows = Object.entries(seconds)
    .filter(([, samples]) => samples.length > 0)
    .map(([name, samples]) => ({ name, times: samples.map((sample) => sample * 1e3) }));
  const dots = rows.flatMap(({ name, times }) =>
    times.filter((ms) => ms > 0).map((ms, i) => ({ name, ms, spread: (i * GOLDEN) % 1 })),
  );
  const yardstick = median(seconds.reference) * 1e3;
  const band = { name: 'submission', ms: yardstick * ratio.low, to: yardstick * ratio.high };
  const bands = band.ms > 0 && Number.isFinite(band.to) ? [band] : [];
  const middles = rows.map(({ name, times }) => {
    const ends = bands.filter((each) => each.name === name).map(({ to }) => to);
    // The label is behind everything that is drawn in its row.
    return { name, ms: median(times), far: Math.max(...times, ...ends), label: duration(median(times) / 1e3) };
  });
  const all = [...dots.map(({ ms }) => ms), ...bands.flatMap(({ ms, to }) => [ms, to])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const roomForLabels = Math.max(1.6, (most / least) ** 0.3);
  const range: [number, number] = [least / 1.25, most * roomForLabels];
  return { names: rows.map(({ name }) => name), dots, bands, middles, range };
}

/** Steps of the golden ratio never repeat a position. */
const GOLDEN = 0.618034;

/** 1, 2 and 5 times every power of ten in a range. */
function ticks(least: number, largest: number): number[] {
  const first = Math.floor(Math.log10(least));
  const powers = Array.from(
    { length: Math.max(1, Math.ceil(Math.log10(largest)) - first + 1) },
    (_, i) => 10 ** (first + i),
  );
  return powers.flatMap((power) => [power, 2 * power, 5 * power]).filter((tick) => tick >= least && tick <= largest);
}
