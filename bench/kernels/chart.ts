import { vegaSvg } from '../../grader/report/html/charts/vegaSvg.ts';
import type { CaseSummary } from './summary.ts';

const COLUMNS = 4;
const OURS = '#2f81d6';
const OTHERS = '#7d8590';
const CEILING = '#e07b22';

/**
 * GFLOP/s of every candidate as bars, a small chart for each case; a line at the ceiling of FMA.
 *
 * @param order - names of candidates, from the top; those that did not take part are left out
 */
export async function drawKernels(cases: readonly CaseSummary[], order: readonly string[]): Promise<string> {
  const bars = cases.flatMap(({ name, lines }) =>
    lines
      .filter(({ isCeiling }) => !isCeiling)
      .map(({ candidate, gigaflops }) => ({ case: name, candidate, gigaflops, label: label(gigaflops) })),
  );
  const ceilings = cases.flatMap(({ name, lines }) =>
    lines
      .filter(({ isCeiling }) => isCeiling)
      .slice(0, 1)
      .map(({ gigaflops }) => ({ case: name, ceiling: gigaflops })),
  );
  const drawn = new Set(bars.map(({ candidate }) => candidate));
  const y = {
    field: 'candidate',
    type: 'nominal',
    scale: { domain: order.filter((name) => drawn.has(name)) },
    axis: { title: null, labelLimit: 200 },
  } as const;
  const { markup } = await vegaSvg({
    description: 'GFLOP/s of products, convolutions and an epoch of training, by candidate',
    data: { values: [...bars, ...ceilings] },
    columns: COLUMNS,
    facet: { field: 'case', type: 'nominal', sort: cases.map(({ name }) => name), title: null, header: HEADER },
    spec: {
      width: 150,
      height: { step: 17 },
      layer: [
        { mark: { type: 'bar', height: 11, cornerRadiusEnd: 2 }, encoding: { x: GIGAFLOPS, y, color: COLOUR } },
        { mark: LABEL, encoding: { x: GIGAFLOPS, y, text: { field: 'label', type: 'nominal' } } },
        {
          mark: { type: 'rule', color: CEILING, strokeDash: [4, 3] },
          encoding: { x: { field: 'ceiling', type: 'quantitative' } },
        },
      ],
    },
  });
  return standing(markup);
}

const GIGAFLOPS = {
  field: 'gigaflops',
  type: 'quantitative',
  axis: { title: 'GFLOP/s', tickCount: 4 },
} as const;
const COLOUR = {
  condition: { test: "indexof(datum.candidate, 'nn') === 0", value: OURS },
  value: OTHERS,
} as const;
const LABEL = { type: 'text', align: 'left', dx: 4, fontSize: 10, color: 'currentColor' } as const;
const HEADER = { labelColor: 'currentColor', labelFontSize: 13, labelFontWeight: 600 } as const;

const label = (gigaflops: number): string => gigaflops.toPrecision(gigaflops < 1 ? 1 : gigaflops < 100 ? 2 : 3);

/** The charts of a report take ink and font from their page; a separate file brings its own. */
const standing = (svg: string): string =>
  svg.replace(
    /<svg ([^>]*)>/,
    '<svg $1><style>:root{color:#1f2328;font-family:system-ui,sans-serif}' +
      '@media(prefers-color-scheme:dark){:root{color:#e6edf3}}</style>',
  );
