import type { ModelLayer } from '@im2grade/models/layersOf';

interface Row {
  /** As Table 1 names it. */
  readonly name: string;
  /** What is asked, in words. */
  readonly asks: string;
  readonly fits: (layer: ModelLayer) => boolean;
}

const same = (a: readonly number[] = [], b: readonly number[] = []): boolean => a.join() === b.join();

/** Padding of 2 around windows of 5×5 keeps the image as large as it is; how a framework writes it is its own affair. */
const convolution = (units: number): Row => ({
  name: `Conv2D ${units}`,
  asks: `${units} filters of 5×5, padding 2, stride 1, ReLU`,
  fits: ({ type, units: own, size, strides, from, to, activation }) =>
    type === 'conv' &&
    own === units &&
    same(size, [5, 5]) &&
    same(strides, [1, 1]) &&
    same(from, to) &&
    activation === 'relu',
});

const pooling = (side: number): Row => ({
  name: `MaxPool2D to ${side}×${side}`,
  asks: 'a max-pooling of 2×2 with stride 2',
  fits: ({ type, size, strides, to }) =>
    type === 'max-pool' && same(size, [2, 2]) && same(strides, [2, 2]) && same(to, [side, side]),
});

const dense = (units: number, activation?: string): Row => ({
  name: `Dense ${units}`,
  asks: `${units} units${activation === undefined ? '' : `, ${activation === 'relu' ? 'ReLU' : activation}`}`,
  fits: (layer) => layer.type === 'dense' && layer.units === units && layer.activation === activation,
});

const TABLE: readonly Row[] = [
  ...[32, 64, 128].flatMap((units, i) => [convolution(units), pooling(16 / 2 ** i)]),
  dense(64, 'relu'),
  dense(10),
];

/** How far layers are those of Table 1. */
export interface Likeness {
  /** Layers of the table that the model has in its place, and how many the table has. */
  readonly right: number;
  readonly rows: number;
  /** Layers that are missing or too many, whichever are more. */
  readonly wrong: number;
  /** A line for each. */
  readonly problems: readonly string[];
}

/** Compares the layers of a model with Table 1. The softmax may be in the model or in the loss. */
export function likenessToTable1(layersOfModel: readonly ModelLayer[]): Likeness {
  const layers = withReluFirst(layersOfModel);
  const last = layers.at(-1);
  const own = last?.type === 'softmax' && last.activation === undefined ? layers.slice(0, -1) : layers;
  const pairs = aligned(own);
  const missing = TABLE.filter((_, row) => !pairs.some(([each]) => each === row));
  const extra = own.filter((_, at) => !pairs.some(([, each]) => each === at));
  return {
    right: TABLE.length - missing.length,
    rows: TABLE.length,
    wrong: Math.max(missing.length, extra.length),
    problems: [
      ...missing.map(({ name, asks }) => `${name}: asked are ${asks}; the model has no such layer there`),
      ...extra.map((layer) => `${layer.node}: ${shownLayer(layer)}; Table 1 has no such layer there`),
    ],
  };
}

/** ReLU and the largest of some numbers may change places. */
const withReluFirst = (layers: readonly ModelLayer[]): ModelLayer[] =>
  layers.map((layer, i) => {
    const [before, after] = [layers[i - 1], layers[i + 1]];
    const isEarly = layer.type === 'conv' && layer.activation === undefined && after?.type === 'max-pool';
    if (isEarly && after.activation === 'relu') return { ...layer, activation: 'relu' };
    const isLate = layer.type === 'max-pool' && layer.activation === 'relu' && before?.type === 'conv';
    if (!isLate || before.activation !== undefined) return layer;
    const { activation: _, ...rest } = layer;
    return rest;
  });

/** The longest list of pairs of a row and a layer that fits it, both in their order. */
function aligned(layers: readonly ModelLayer[]): (readonly [row: number, layer: number])[] {
  const best: (readonly [number, number])[][] = Array.from({ length: layers.length + 1 }, () => []);
  for (const [row, { fits }] of TABLE.entries()) {
    let diagonal = best[0];
    for (let at = 1; at <= layers.length; at++) {
      const above = best[at];
      const found: (readonly [number, number])[] = fits(layers[at - 1]) ? [...diagonal, [row, at - 1]] : [];
      best[at] = [above, best[at - 1], found].reduce((a, b) => (b.length > a.length ? b : a));
      diagonal = above;
    }
  }
  return best[layers.length];
}

/** A layer in a few words. */
export function shownLayer({ type, units, size, strides, from, to, activation }: ModelLayer): string {
  const window = size ? ` of ${size.join('×')} with stride ${(strides ?? []).join('×')}` : '';
  const sides = from && to ? `, ${from.join('×')} to ${to.join('×')}` : '';
  const hasNone = activation === undefined && (type === 'conv' || type === 'dense');
  return `${type} ${units}${window}${sides}${hasNone ? ', no activation' : activation === undefined ? '' : `, ${activation}`}`;
}
