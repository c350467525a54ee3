import type { NeuralNet } from '@im2grade/layers';
import { sizeOf, type Tensor } from '@im2grade/tensor';
import { grayPngUri } from './grayPng.ts';

/** One example on its way up. */
export interface Example {
  /** What the digits are. */
  readonly digits: string;
  readonly model: string;
  readonly image: Tensor;
  readonly label: number;
  /** "epoch 3, batch 20" */
  readonly when: string;
}

const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
h2 { font-size: 1rem; margin: 1.5rem 0 .3rem } figure { display: inline-block; margin: 0 6px 6px 0 }
img { image-rendering: pixelated; border: 1px solid #ccc; vertical-align: top }
td { padding: 0 .6rem 0 0 } meter { width: 20rem }`;

/** A page with an example and the activations of all layers; a browser that shows it asks for the next one by itself. */
export function activationPage(net: NeuralNet, { digits, model, image, label, when }: Example): string {
  const states = net.Fprop(image);
  const layers = net.layers.map(({ name }, i) => [name, states[i + 1]] as const);
  const probabilities = states[states.length - 1].data;
  const sections = [['input', image] as const, ...layers.slice(0, -1)].map(([name, state]) => section(name, state));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>${escaped(model)}: activations</title><style>${STYLE}</style></head>
<body><h1>${escaped(model)}</h1>
<p>${escaped(digits)}, ${escaped(when)}. A random training example: a ${label}. Each picture goes from its smallest value,
black, to its largest, white.</p>
${sections.join('\n')}
<h2>${escaped(layers[layers.length - 1][0])}: probabilities</h2>
<table>${Array.from(probabilities, (p, digit) => row(p, digit, label)).join('')}</table>
</body></html>
`;
}

const row = (p: number, digit: number, label: number): string =>
  `<tr><td>${digit === label ? `<b>${digit}</b>` : digit}</td><td><meter value="${p.toFixed(4)}"></meter></td><td>${p.toFixed(4)}</td></tr>`;

/** Units without a position in space are drawn in rows of this many. */
const WIDE = 32;
const SCALE = 4;

function section(name: string, { shape, data }: Tensor): string {
  const [, channels, height = 1, width = 1] = shape;
  if (height * width > 1) {
    const maps = Array.from({ length: channels }, (_, c) =>
      data.subarray(c * height * width, (c + 1) * height * width),
    );
    const pictures = maps.map((map, c) => picture(map, width, height, `${name}, channel ${c}`));
    return `<h2>${escaped(name)}: ${channels} of ${height}×${width}</h2>\n${pictures.join('')}`;
  }
  const units = sizeOf(shape);
  const columns = Math.min(WIDE, units);
  const rows = Math.ceil(units / columns);
  const filled = Float64Array.from({ length: rows * columns }, (_, i) => data[i] ?? 0);
  return `<h2>${escaped(name)}: ${units} units</h2>\n${picture(filled, columns, rows, name)}`;
}

const picture = (values: ArrayLike<number>, width: number, height: number, name: string): string =>
  `<figure><img width="${width * SCALE}" height="${height * SCALE}" alt="${escaped(name)}" src="${grayPngUri(values, width, height)}"></figure>`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
