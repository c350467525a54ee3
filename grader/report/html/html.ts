import { printable } from '../text/printable.ts';

/** Markup that may be put into a page as it is. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/** The only way to build the page: text between the tags is made printable and escaped, markup is kept. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.reduce((markup, literal, at) => markup + markupOf(parts[at - 1]) + literal));
}

/** Markup from a trusted source: our own style sheet, a chart's SVG. */
export const trusted = (markup: string): Html => new Html(markup);

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return part.map(markupOf).join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is safe in an element and in a quoted attribute. */
const escape = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
