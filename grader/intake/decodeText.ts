import { decodeText as decode } from '@im2grade/handout/rules';
import { UngradableError } from '../model/errors.ts';

/**
 * A deliverable's text.
 *
 * @throws UngradableError if it is not UTF-8, or hides code with direction controls
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  const decoded = decode(bytes);
  if ('refused' in decoded) throw new UngradableError(`${path}: ${decoded.refused}`);
  return decoded.text;
}
