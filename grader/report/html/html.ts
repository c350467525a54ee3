import { printable } from '../text/printable.ts';

/** Markup that may stand in a page as it is. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/** The only way that the page is put together: text between the tags is made printable and escaped, markup is kept. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.reduce((markup, literal, at) => markup + markupOf(parts[at - 1]) + literal));
}

/** Markup from a trusted maker: our own style sheet, a chart's SVG. */
export const trusted = (markup: string): Html => new Html(markup);

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return part.map(markupOf).join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text fit for an element and for a quoted attribute. */
const escape = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
