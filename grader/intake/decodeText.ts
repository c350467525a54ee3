import { UngradableError } from '../model/errors.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Characters that show a reader different code than the compiler sees. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/u;

/**
 * A deliverable's text.
 *
 * @throws UngradableError if it is not UTF-8, or hides code with direction controls
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new UngradableError(`${path}: not a UTF-8 text file; save it as UTF-8`);
  }
  if (text.includes('\0')) throw new UngradableError(`${path}: holds a zero byte; hand in the source, not a binary`);
  if (BIDI_CONTROLS.test(text))
    throw new UngradableError(`${path}: holds characters that reverse the reading direction; remove them`);
  return text;
}
