import { decodeText as decodeUtf8 } from '@im2grade/handout/rules';
import { UngradableError } from '../model/errors.ts';
import { refusal } from './refusal.ts';

/** A deliverable's text. */
export interface Decoded {
  readonly text: string;
  /** The encoding, if it is not UTF-8. */
  readonly encoding?: string;
}

/** Of the bytes of a text in Latin-1 or UTF-16, at least this share are characters that every encoding has. */
const MOSTLY = 0.8;

/**
 * Decodes a text. UTF-8 is expected; what is certainly UTF-16 or most probably Latin-1, as old editors and PowerShell
 * write them, is read as well.
 *
 * @throws UngradableError if it is none of these, or hides code with direction controls
 */
export function decodeText(path: string, bytes: Uint8Array): Decoded {
  const strict = decodeUtf8(bytes);
  if ('text' in strict) return strict;
  const encoding = encodingOf(bytes);
  if (encoding === undefined) throw new UngradableError(`${path}${placeIn(bytes)}: ${strict.refused}`);
  const text = new TextDecoder(encoding.label).decode(bytes);
  // Once more, for the characters that are refused in every encoding.
  const checked = decodeUtf8(Buffer.from(text));
  if ('refused' in checked) throw refusal(path, checked.refused);
  return { text: checked.text, encoding: encoding.name };
}

interface Encoding {
  readonly label: string;
  readonly name: string;
}
const UTF16_LE: Encoding = { label: 'utf-16le', name: 'UTF-16' };
const UTF16_BE: Encoding = { label: 'utf-16be', name: 'UTF-16' };
const LATIN1: Encoding = { label: 'windows-1252', name: 'Latin-1' };

function encodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes.length % 2 === 0) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return UTF16_LE;
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return UTF16_BE;
    if (isMostly(bytes, (_, i) => i % 2 === 0 || bytes[i] === 0) && bytes.includes(0)) return UTF16_LE;
    if (isMostly(bytes, (_, i) => i % 2 === 1 || bytes[i] === 0) && bytes.includes(0)) return UTF16_BE;
  }
  const isControl = (byte: number) => byte < 0x20 && !WHITESPACE.has(byte);
  return !bytes.some(isControl) && isMostly(bytes, (byte) => byte < 0x7f) ? LATIN1 : undefined;
}

const WHITESPACE = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d]);

/** Half of the bytes pass a test of every second byte anyway. */
function isMostly(bytes: Uint8Array, test: (byte: number, index: number) => boolean): boolean {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (test(bytes[i], i)) count++;
  return count >= bytes.length * (test.length > 1 ? (1 + MOSTLY) / 2 : MOSTLY);
}

/** `:12` if line 12 is the first that is not UTF-8; nothing if it cannot be known. */
function placeIn(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const text = bytes.subarray(start, end < 0 ? bytes.length : end);
    try {
      if (decoder.decode(text).includes('\0')) return `:${line}`;
    } catch {
      return `:${line}`;
    }
    if (end < 0) break;
    start = end + 1;
  }
  return '';
}
