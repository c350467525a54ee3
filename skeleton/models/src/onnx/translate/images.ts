import type { Shape } from '../../graph/Shape.ts';
import type { Sample } from '../../operators/resampling.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';

/** The margins are an attribute before version 11, and an input since. */
export function pad(operation: OnnxOperation): void {
  const mode = operation.text('mode', 'constant');
  if (mode !== 'constant') throw operation.unknown(`pads in the mode ${mode}`);
  const pads = operation.integers('pads') ?? operation.sizes(1) ?? [];
  const value = operation.attribute('value')?.float ?? operation.constant(2)?.values[0] ?? 0;
  if (operation.optional(3) !== undefined) throw operation.unknown('pads some axes only');
  const [, , top, left, , , bottom, right] = pads as number[];
  if (pads.length !== 8 || [0, 1, 4, 5].some((axis) => pads[axis] !== 0))
    throw operation.unknown('pads something other than rows and columns');
  const margins = [
    [top, bottom],
    [left, right],
  ] as const;
  operation.becomes({ kind: 'padding', padding: margins, value });
}

/** Where a row or column of the result comes from, in the coordinates of the image. */
type Coordinate = (place: number, from: number, to: number, scale: number) => number;

/** By `coordinate_transformation_mode`. */
const COORDINATES: ReadonlyMap<string, Coordinate> = new Map(
  Object.entries({
    half_pixel: (place, _, __, scale) => (place + 0.5) / scale - 0.5,
    pytorch_half_pixel: (place, _, to, scale) => (to > 1 ? (place + 0.5) / scale - 0.5 : 0),
    align_corners: (place, from, to) => (to > 1 ? (place * (from - 1)) / (to - 1) : 0),
    asymmetric: (place, _, __, scale) => place / scale,
  }),
);

/** By `nearest_mode`. */
const NEAREST: ReadonlyMap<string, (x: number) => number> = new Map(
  Object.entries({
    round_prefer_floor: (x) => Math.ceil(x - 0.5),
    round_prefer_ceil: (x) => Math.floor(x + 0.5),
    floor: Math.floor,
    ceil: Math.ceil,
  }),
);

/** Versions before 11 know one way only. */
const LEGACY = { coordinates: 'asymmetric', nearest: 'floor' };
const CURRENT = { coordinates: 'half_pixel', nearest: 'round_prefer_floor' };

export function resize(operation: OnnxOperation): void {
  operation.ignore('cubic_coeff_a', 'extrapolation_value', 'exclude_outside');
  const usual = operation.opset < 11 ? LEGACY : CURRENT;
  const mode = operation.text('mode', 'nearest');
  const coordinates = operation.text('coordinate_transformation_mode', usual.coordinates);
  const nearest = operation.text('nearest_mode', usual.nearest);
  const [coordinate, round] = [COORDINATES.get(coordinates), NEAREST.get(nearest)];
  if (!coordinate || !round || !['nearest', 'linear'].includes(mode) || operation.integer('antialias', 0) !== 0)
    throw operation.unknown(`resizes in the mode ${mode}, ${coordinates}, ${nearest}`);
  if (operation.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    throw operation.unknown('keeps the ratio of the sides');
  const [rows, columns] = targetsOf(operation, operation.shape()).map(({ from, to, scale }) => {
    // The size of the value is limited too, but the table comes first.
    if (!(to >= 1 && to <= 4096)) throw operation.refusal(`resizes to ${to} rows or columns; check the model`);
    return Array.from({ length: to }, (_, place) => {
      const x = coordinate(place, from, to, scale);
      return mode === 'linear' ? between(x, from) : at(round(x), from);
    });
  });
  operation.becomes({ kind: 'resampling', rows, columns });
}

const clamped = (place: number, size: number): number => Math.min(Math.max(place, 0), size - 1);

function at(place: number, size: number): Sample {
  const nearest = clamped(place, size);
  return { low: nearest, high: nearest, share: 0 };
}

function between(x: number, size: number): Sample {
  const inside = clamped(x, size);
  const low = Math.floor(inside);
  return { low, high: clamped(low + 1, size), share: inside - low };
}

/** How many rows or columns become how many. */
interface Target {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

/** From the scales, or from the sizes; images and channels stay. */
function targetsOf(operation: OnnxOperation, input: Shape): Target[] {
  if (input.length !== 3) throw operation.unknown('resizes something other than images (channels × rows × columns)');
  if (operation.attribute('axes')) throw operation.unknown('resizes some axes only');
  const sizes = operation.sizes(3)?.map(Number);
  const scales = [...(operation.constant(operation.opset < 11 ? 1 : 2)?.values ?? [])];
  const targets = input.map((from, axis): Target => {
    if (sizes?.length !== 4) return { from, to: Math.floor(from * scales[axis + 1]), scale: scales[axis + 1] };
    return { from, to: sizes[axis + 1], scale: sizes[axis + 1] / from };
  });
  const isOfImages = sizes?.length === 4 || (scales.length === 4 && scales[0] === 1);
  if (!isOfImages || targets[0].to !== input[0])
    throw operation.unknown('resizes something other than rows and columns');
  return targets.slice(1);
}
