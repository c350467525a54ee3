import { deflateSync } from 'node:zlib';

/** Objects of a PDF by their number: a dictionary, with a stream if there is content. */
type Objects = Readonly<Record<number, string | { readonly dictionary: string; readonly content: Uint8Array }>>;

/** What one page shows. */
interface Page {
  readonly lines: readonly string[];
  /** Further operators of its content. */
  readonly drawing?: string;
}

/** A PDF with these objects and a table of their offsets; object 1 is the catalogue. */
export function writePdf(objects: Objects, trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const offsets = Object.entries(objects).map(([number, object]) => {
    const at = length();
    parts.push(Buffer.from(`${number} 0 obj\n`));
    if (typeof object === 'string') parts.push(Buffer.from(object));
    else
      parts.push(
        Buffer.from(`<< /Length ${object.content.length} ${object.dictionary} >>\nstream\n`),
        Buffer.from(object.content),
        Buffer.from('\nendstream'),
      );
    parts.push(Buffer.from('\nendobj\n'));
    return `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 1\n0000000000 65535 f \n${offsets.join('')}`;
  const size = Math.max(...Object.keys(objects).map(Number)) + 1;
  const end = `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${length()}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table), Buffer.from(end)]);
}

/** A stream that is stored compressed. */
export const compressed = (content: string | Uint8Array, dictionary = '') => ({
  dictionary: `/Filter /FlateDecode ${dictionary}`,
  content: deflateSync(content),
});

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const IMAGE = {
  dictionary: '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
  content: Uint8Array.of(128),
};

/**
 * The objects of a document. Objects 1 to 4 are the catalogue, the pages, a font and a picture that a page paints by `/I
 * Do`; then come the pages, each followed by its content.
 */
export function pagesOf(pages: readonly Page[], catalogue = ''): Objects {
  const first = 5;
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ');
  const resources = '/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> /MediaBox [0 0 595 842]';
  return {
    1: `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    2: `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} ${resources} >>`,
    3: FONT,
    4: IMAGE,
    ...Object.fromEntries(
      pages.flatMap((page, i) => [
        [first + 2 * i, `<< /Type /Page /Parent 2 0 R /Contents ${first + 2 * i + 1} 0 R >>`],
        [first + 2 * i + 1, compressed(contentOf(page))],
      ]),
    ),
  };
}

const contentOf = ({ lines, drawing = '' }: Page): string =>
  `BT /F 12 Tf 14 TL 72 770 Td ${lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join(' ')} ET ${drawing}`;
