import { expect, test } from '@jest/globals';
import { UngradableError } from '../model/errors.ts';
import { decodeText } from './decodeText.ts';

const SOURCE = '// für alle Größen\nexport const n = 1;\n';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(SOURCE), undefined],
  ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${SOURCE}`), undefined],
  ['Latin-1', Buffer.from(SOURCE, 'latin1'), 'Latin-1'],
  ['Latin-1 with the ends of lines of Windows', Buffer.from(SOURCE.replaceAll('\n', '\r\n'), 'latin1'), 'Latin-1'],
  ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${SOURCE}`, 'utf16le'), 'UTF-16'],
  ['UTF-16 with the other order of bytes', utf16be(`\ufeff${SOURCE}`), 'UTF-16'],
  ['UTF-16 without a mark', Buffer.from(SOURCE, 'utf16le'), 'UTF-16'],
  ['UTF-16 without a mark, with the other order of bytes', utf16be(SOURCE), 'UTF-16'],
])('%s is read', (_, bytes, encoding) => {
  const { text, encoding: found } = decodeText('a.ts', bytes);
  expect({ text: text.replaceAll('\r\n', '\n'), encoding: found }).toEqual({ text: SOURCE, encoding });
});

test.each([
  [
    'a picture',
    Buffer.from('\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff', 'latin1'),
    /^a\.ts:1: not a UTF-8 text file; save it as UTF-8$/,
  ],
  [
    'a zero byte in line 3',
    Buffer.from('1\n2\n3\0\n'),
    /^a\.ts:3: holds a zero byte; hand in the source, not a binary$/,
  ],
  [
    'a control character in Latin-1',
    Buffer.from('first\nsecond \xff\x07', 'latin1'),
    /^a\.ts:2: not a UTF-8 text file/,
  ],
  ['mostly bytes that are no letters', Buffer.from([0xff, 0xfe, 0xfd, 0x41]).subarray(0, 3), /^a\.ts:1: not a UTF-8/],
  [
    'reversed reading hidden in UTF-16',
    Buffer.from('\ufeffexport const a\u202e = 1;', 'utf16le'),
    /reverse the reading direction/,
  ],
])('%s is refused, with the line', (_, bytes, message) => {
  expect(() => decodeText('a.ts', bytes)).toThrow(message);
  expect(() => decodeText('a.ts', bytes)).toThrow(UngradableError);
});
