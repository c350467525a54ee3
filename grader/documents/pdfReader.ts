import { readFileSync, writeFileSync } from 'node:fs';
import './transferToFixedLength.ts';
import { getDocument, OPS } from 'unpdf/pdfjs';
import { MOST_PAGES, MOST_TEXT, type PdfPage, type PdfReading } from '../model/pdf.ts';

/**
 * Writes, as JSON, what a PDF contains. It runs in the sandbox: PDFs are hostile, and some keep any reader busy.
 *
 *     node documents.cjs <file with the PDF in base64> <file for the answer>
 */
const [, , source, answer] = process.argv;

/** Nothing is run, fetched or rendered. */
const OPTIONS = {
  isEvalSupported: false,
  enableXfa: false,
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  useWasm: false,
  maxImageSize: 64 * 1024 * 1024,
  verbosity: 0,
};

const IMAGES: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
]);

type PdfDocument = Awaited<ReturnType<typeof getDocument>['promise']>;

async function read(bytes: Uint8Array): Promise<PdfReading> {
  const document = await getDocument({ data: bytes, ...OPTIONS }).promise;
  const { numPages } = document;
  if (numPages > MOST_PAGES) return { refused: `has ${numPages} pages; at most ${MOST_PAGES} are read` };
  const pages: PdfPage[] = [];
  let room = MOST_TEXT;
  for (let number = 1; number <= numPages; number++) {
    const page = await readPage(document, number, room);
    room -= page.text.length;
    pages.push(page);
  }
  return pages.length === 0 ? { refused: 'has no pages' } : { pages, hasScripts: await document.hasJSActions() };
}

async function readPage(document: PdfDocument, number: number, room: number): Promise<PdfPage> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  const { fnArray: operators } = await page.getOperatorList();
  page.cleanup();
  return {
    text: text.slice(0, room),
    images: operators.filter((operator) => IMAGES.has(operator)).length,
    paths: operators.filter((operator) => operator === OPS.constructPath).length,
  };
}

/** In a few words; the library's own may quote the file. */
function whyNot({ name }: Error): string {
  if (name === 'PasswordException') return 'is encrypted; save it without a password';
  return name === 'InvalidPDFException' ? 'is no PDF, or is damaged' : 'is damaged';
}

const bytes = new Uint8Array(Buffer.from(readFileSync(source, 'latin1'), 'base64'));
void read(bytes)
  .catch((error: Error): PdfReading => ({ refused: whyNot(error) }))
  .then((reading) => {
    writeFileSync(answer, JSON.stringify(reading));
    // A document that was not read to its end may leave work behind.
    process.exit(0);
  });
