import { messageOf } from './refusal.ts';

/** What the library's messages mean to the person who made the archive, by their beginnings. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^End of central directory/u, 'it is another kind of file, or its end is missing: download or pack it again'],
  [/multi-disk/u, 'it is one part of several: pack it as one archive'],
  [/strong encryption/u, 'it is encrypted: pack it without a password'],
  [/^unsupported compression method/u, 'its compression is not known: pack it with another program'],
  [/^(?:[Ii]nvalid|zip64|extra field|file data overflows|unexpected EOF)/u, 'it is damaged: download or pack it again'],
];

/** Why an archive cannot be read. */
export function zipFault(error: unknown): string {
  const message = messageOf(error);
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? message;
}
