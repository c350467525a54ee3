import { channelsLast, conversion } from '../evaluate/Layout.ts';
import { elementsOf, type Shape } from '../graph/Shape.ts';
import { Misfit, only, type Operator } from './Operator.ts';

/** Where a row or column of the result comes from: between two of the image. */
export interface Sample {
  readonly low: number;
  readonly high: number;
  /** The share of `high`. */
  readonly share: number;
}

/** Images in another size. */
export interface Resampling {
  readonly kind: 'resampling';
  readonly rows: readonly Sample[];
  readonly columns: readonly Sample[];
}

const PACE = 40;

export const resampling: Operator<Resampling> = {
  shape({ rows, columns }, inputs) {
    const input = only(inputs);
    if (input.length !== 3) throw new Misfit('resizes something other than images (channels × rows × columns)');
    return [input[0], rows.length, columns.length];
  },

  work: (_, __, output) => elementsOf(output) * PACE,

  prepare({ rows, columns }, [layout], output) {
    const from = conversion(layout, channelsLast(layout.shape));
    const [C, Y, X]: Shape = layout.shape;
    return {
      layout: channelsLast(output),
      run([given], count, take) {
        const images = from(given, count, take);
        const result = take(count * elementsOf(output));
        let at = 0;
        for (let image = 0; image < count; image++)
          for (const y of rows)
            for (const x of columns) {
              const pixel = (row: number, column: number): number => ((image * Y + row) * X + column) * C;
              const corners = [pixel(y.low, x.low), pixel(y.low, x.high), pixel(y.high, x.low), pixel(y.high, x.high)];
              blend(result, at, images, corners, y.share, x.share, C);
              at += C;
            }
        return result;
      },
    };
  },
};

function blend(
  result: Float32Array,
  at: number,
  images: Float32Array,
  [topLeft, topRight, bottomLeft, bottomRight]: readonly number[],
  down: number,
  right: number,
  channels: number,
): void {
  for (let c = 0; c < channels; c++) {
    const top = images[topLeft + c] * (1 - right) + images[topRight + c] * right;
    const bottom = images[bottomLeft + c] * (1 - right) + images[bottomRight + c] * right;
    result[at + c] = top * (1 - down) + bottom * down;
  }
}
