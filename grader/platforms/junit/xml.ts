/** Markup that may be put into a document as it is. */
export class Xml {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** An element: attributes that are undefined are left out; text is escaped, and markup kept. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly (Xml | string)[] = [],
): Xml {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attributeText(String(value))}"`],
  );
  const inside = children.map((child) => (child instanceof Xml ? child.markup : textOf(child))).join('');
  return new Xml(`<${name}${given.join('')}${inside === '' ? '/>' : `>${inside}</${name}>`}`);
}

/** A whole document around its root. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Characters that XML 1.0 cannot represent, not even escaped (§ 2.2, Char). */
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const textOf = (text: string): string => text.replace(ILLEGAL, '\ufffd').replace(/[&<>"']/g, (c) => ENTITIES[c]);

/** Written literally, line breaks and tabs of an attribute would become spaces in a parser (§ 3.3.3). */
const attributeText = (text: string): string => textOf(text).replace(/[\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
