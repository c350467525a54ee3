/** What can be handed in: the rules that the grader and `grade hand-in` share. */
export { computedImportRefused, importRefused, isAllowedImport, isSource, mayImport } from './allowedImports.ts';
export { givenFileRefused, isOfBundler } from './givenFileRefused.ts';
export { chosenModel, isInModelFolder, modelFiles } from './modelFiles.ts';
export { isWeights, MANIFEST, namedWeights, tooManyWeights } from './namedWeights.ts';
export { notTaken } from './notTaken.ts';

/** Archives larger than this are not opened, unless the assignment expects larger files. */
export const MAX_ARCHIVE_BYTES = 10 * 1024 * 1024;

/** A key that is equal for names that a file system would treat as one, ignoring case or Unicode form. */
export const foldName = (path: string): string => path.normalize('NFKC').toLowerCase();

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Characters that show a reader different code than the compiler sees. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/u;

/** A deliverable's text, or why it is refused. */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly refused: string } {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { refused: 'not a UTF-8 text file; save it as UTF-8' };
  }
  if (text.includes('\0')) return { refused: 'holds a zero byte; hand in the source, not a binary' };
  if (BIDI_CONTROLS.test(text)) return { refused: 'holds characters that reverse the reading direction; remove them' };
  return { text };
}
