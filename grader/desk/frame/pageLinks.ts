import { type Html, html } from '../../report/html/html.ts';

/** Part of a long list. */
export interface ListPart<T> {
  readonly shown: readonly T[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** A page of a list; the last one if there are fewer. */
export function partOfList<T>(all: readonly T[], size: number, wanted: number): ListPart<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(wanted, pages);
  return { shown: all.slice((page - 1) * size, page * size), page, pages };
}

/** Links to the pages of a list; none if there is one. */
export function pageLinks(
  { page, pages }: Omit<ListPart<unknown>, 'shown'>,
  linkOf: (page: number) => string,
): Html | undefined {
  if (pages === 1) return undefined;
  const numbers = Array.from({ length: pages }, (_, at) => at + 1);
  return html`<nav class="pages" aria-label="Pages of the list">
    ${numbers.map(
      (number) => html`<a href="${linkOf(number)}" ${number === page && html`aria-current="page"`}>${number}</a> `,
    )}
  </nav>`;
}
