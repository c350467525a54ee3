import type { Config, TopLevelSpec } from 'vega-lite';
import { type Html, html, trusted } from '../html.ts';

/** Colours that can be distinguished on white and on black, and by colour-blind readers. */
const SUBMISSION = '#2f81d6';
const REFERENCE = '#e07b22';
const NAIVE = '#7d8590';
const OTHERS = ['#a371d6', '#2da07a', '#d6568e'] as const;

/** The colour of a series by its name: the same in every chart. */
export function colourOf(name: string, at: number): string {
  if (name === 'submission') return SUBMISSION;
  if (name === 'reference') return REFERENCE;
  if (name === 'naive' || name === 'ideal') return NAIVE;
  return OTHERS[at % OTHERS.length];
}

/**
 * Draws a chart as an SVG that takes its ink from the page. Vega is loaded on the first chart, so that a report without
 * charts does not wait for it.
 */
export async function vegaSvg(spec: TopLevelSpec & { readonly description: string }): Promise<Html> {
  const { vega, vegaLite } = await (loading ??= load());
  const compiled = vegaLite.compile(spec, { config: CONFIG });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logLevel: vega.Error });
  const svg = await view.toSVG();
  view.finalize();
  // One image with one name, for screen readers that do not know the roles of its parts.
  return html`${trusted('<svg role="img" ')}aria-label="${spec.description}"${trusted(svg.slice('<svg'.length))}`;
}

let loading: ReturnType<typeof load> | undefined;

async function load() {
  const vega = await import('vega');
  return { vega, vegaLite: await import('vega-lite') };
}

const FAINT = { stroke: 'currentColor', opacity: 0.15 } as const;
const CONFIG: Config = {
  background: 'transparent',
  padding: 4,
  font: 'inherit',
  view: { stroke: null },
  // The drawing has one label; the numbers are in its caption.
  mark: { aria: false },
  axis: {
    aria: false,
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    gridColor: FAINT.stroke,
    gridOpacity: FAINT.opacity,
    domain: false,
    ticks: false,
    labelPadding: 6,
  },
  title: { aria: false, color: 'currentColor', fontSize: 13, fontWeight: 600, anchor: 'start' },
  legend: {
    aria: false,
    labelColor: 'currentColor',
    labelFontSize: 12,
    title: null,
    orient: 'bottom',
    symbolType: 'stroke',
    symbolSize: 400,
    symbolStrokeWidth: 2.5,
  },
};
