import type { Counterexample, Tensor } from '../../model/evidence.ts';
import { contributors } from '../tensor/contributors.ts';
import { type Padded, padded } from '../tensor/padded.ts';
import { type Html, html } from './html.ts';
import { isLookedAt, type Mark, tensorFigure } from './tensor.ts';

/**
 * The inputs of a counterexample: images with their padding and the patch that was wrong, and in every array the
 * elements on which the first wrong element depends.
 */
export function inputFigures(evidence: Counterexample): Html | undefined {
  // An array that is only read is drawn once, as expected and got.
  const inputs = evidence.inputs.filter(({ name }) => name !== evidence.expected?.name);
  if (inputs.length === 0) return undefined;
  const parts = inputs.map((input) => partsOf(evidence, input));
  // If everything depends on everything, frames say nothing.
  const isFramed = parts.some(({ used, tensor }) => used.size > 0 && used.size < tensor.values.length);
  const drawn = parts.map((part) => inputFigure(isFramed ? part : { ...part, used: NONE }));
  const key = (['border', 'patch', 'used'] as const).filter((style) => drawn.some(({ styles }) => styles.has(style)));
  return html`<div class="tensors">${drawn.map(({ figure }) => figure)}</div>
    ${
      key.length > 0 &&
      html`<ul class="legend">
        ${key.map((style) => html`<li class="${style}">${MEANING[style]}</li>`)}
      </ul>`
    }`;
}

const MEANING = {
  border: 'padding: zeros that are not stored',
  patch: 'the kernel’s receptive field at the wrong element’s output pixel',
  used: 'what the first wrong element depends on',
} as const;

type Style = keyof typeof MEANING;

const NONE: ReadonlySet<number> = new Set();

interface Parts extends Padded {
  /** As it was handed over, without padding. */
  readonly input: Tensor;
  readonly patch: ReadonlySet<number>;
  readonly used: ReadonlySet<number>;
}

function partsOf(evidence: Counterexample, input: Tensor): Parts {
  if (isLookedAt(input)) return { input, tensor: input, origin: {}, border: NONE, patch: NONE, used: NONE };
  const { tensor, origin, border } = padded(input, evidence.geometry);
  return { input, tensor, origin, border, ...contributors(evidence, tensor, origin) };
}

function inputFigure({ input, tensor, origin, border, patch, used }: Parts): {
  figure: Html;
  styles: ReadonlySet<Style>;
} {
  if (isLookedAt(input)) return { figure: tensorFigure(input, { role: 'input' }), styles: new Set() };
  const sets: Readonly<Record<Style, ReadonlySet<number>>> = { border, patch, used };
  const styles = (Object.keys(sets) as Style[]).filter((style) => sets[style].size > 0);
  const markOf = (flat: number): Mark | undefined => {
    const own = styles.filter((style) => sets[style].has(flat));
    if (own.length === 0) return undefined;
    const spoken = own.includes('used') ? 'used: ' : own.includes('border') ? 'padding: ' : undefined;
    return { style: own.join(' '), ...(spoken && { spoken }) };
  };
  const around = [...used, ...patch][0];
  return {
    figure: tensorFigure(tensor, { role: 'input', markOf, origin, around, axes: input.axes }),
    styles: new Set(styles),
  };
}
