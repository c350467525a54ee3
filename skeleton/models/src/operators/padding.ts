import { channelsLast, conversion } from '../evaluate/Layout.ts';
import { elementsOf } from '../graph/Shape.ts';
import { UnknownOperator } from '../ModelError.ts';
import { Misfit, only, type Operator } from './Operator.ts';
import { padImages, withPadding } from './padImages.ts';
import type { Window } from './Window.ts';

/** A margin of one value around images. */
export interface Padding {
  readonly kind: 'padding';
  readonly padding: Window['padding'];
  readonly value: number;
}

export const padding: Operator<Padding> = {
  shape({ padding: margins }, inputs) {
    const input = only(inputs);
    if (input.length !== 3) throw new UnknownOperator('pads something other than images (channels × rows × columns)');
    if (!margins.flat().every((size) => Number.isInteger(size) && size >= 0))
      throw new Misfit('pads by less than nothing');
    return withPadding(input, margins);
  },
  work: (_, __, output) => elementsOf(output) * 8,
  prepare({ padding: margins, value }, [layout], output) {
    const from = conversion(layout, channelsLast(layout.shape));
    const pad = padImages(layout.shape, margins, value);
    return {
      layout: channelsLast(output),
      run: ([values], count, take) => pad(from(values, count, take), count, take),
    };
  },
};
