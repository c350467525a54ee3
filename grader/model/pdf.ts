import * as z from 'zod';

/** A PDF with more pages is not read; a report has some ten. */
export const MOST_PAGES = 200;
/** Of the text of a whole PDF, in characters. */
export const MOST_TEXT = 256 * 1024;

/** What is on one page. */
export const PdfPage = z.strictObject({
  /** In reading order, with line breaks. */
  text: z.string().max(MOST_TEXT),
  /** Images that are painted, such as photographs or plots that were saved as pixels. */
  images: z.int().nonnegative(),
  /** Lines and areas that are drawn: some in a table, many in a plot. */
  paths: z.int().nonnegative(),
});

/** What a PDF contains. */
const PdfDocument = z.strictObject({
  pages: z.array(PdfPage).min(1).max(MOST_PAGES),
  /** Whether it contains JavaScript. Nothing here runs it, but a reader of the PDF may. */
  hasScripts: z.boolean(),
});

/** What a PDF contains, or in a few words why it cannot be read. */
export const PdfReading = z.union([PdfDocument, z.strictObject({ refused: z.string().max(200) })]);
export type PdfPage = z.infer<typeof PdfPage>;
export type PdfDocument = z.infer<typeof PdfDocument>;
export type PdfReading = z.infer<typeof PdfReading>;
