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
const COORDINATES: Readonly<Record<string, Coordinate>> = {
  half_pixel: (place, _, __, scale) => (place + 0.5) / scale - 0.5,
  pytorch_half_pixel: (place, _, to, scale) => (to > 1 ? (place + 0.5) / scale - 0.5 : 0),
  align_corners: (place, from, to) => (to > 1 ? (place * (from - 1)) / (to - 1) : 0),
  asymmetric: (place, _, __, scale) => place / scale,
};

/** By `nearest_mode`. */
const NEAREST: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

export function resize(operation: OnnxOperation): void {
  operation.ignore('cubic_coeff_a', 'extrapolation_value', 'exclude_outside', 'keep_aspect_ratio_policy');
  const mode = operation.text('mode', 'nearest');
  const coordinates = operation.text('coordinate_transformation_mode', 'half_pixel');
  const nearest = operation.text('nearest_mode', 'round_prefer_floor');
  const [coordinate, round] = [COORDINATES[coordinates], NEAREST[nearest]];
  if (!coordinate || !round || !['nearest', 'linear'].includes(mode) || operation.integer('antialias', 0) !== 0)
    throw operation.unknown(`resizes in the mode ${mode}, ${coordinates}, ${nearest}`);
  const input = operation.shape();
  const scales = scalesOf(operation, input);
  const axis = (index: number): Sample[] => {
    const [from, scale] = [input[index], scales[index]];
    const to = Math.floor(from * scale);
    // Their product is a value's size, which is limited, but the table comes first.
    if (!(to >= 1 && to <= 4096)) throw operation.refusal(`resizes to ${to} rows or columns; check the model`);
    return Array.from({ length: to }, (_, place) => {
      const x = coordinate(place, from, to, scale);
      return mode === 'linear' ? between(x, from) : at(round(x), from);
    });
  };
  operation.becomes({ kind: 'resampling', rows: axis(1), columns: axis(2) });
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

/** From the scales, or from the sizes; images and channels stay. */
function scalesOf(operation: OnnxOperation, input: Shape): number[] {
  if (input.length !== 3) throw operation.unknown('resizes something other than images (channels × rows × columns)');
  if (operation.attribute('axes')) throw operation.unknown('resizes some axes only');
  const [sizes, index] = [operation.sizes(3), operation.opset < 11 ? 1 : 2];
  const scales = sizes?.length
    ? sizes.map((size, axis) => (axis === 0 ? 1 : Number(size) / input[axis - 1]))
    : [...(operation.constant(index)?.values ?? [])];
  if (scales.length !== 4 || scales[0] !== 1 || scales[1] !== 1)
    throw operation.unknown('resizes something other than rows and columns');
  return scales.slice(1);
}
