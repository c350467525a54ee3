import { expect, test } from '@jest/globals';
import { addressSpaceMiB } from './addressSpace.ts';

const limits = (soft: string) =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024  4096  files\nMax address space         ${soft}           unlimited            bytes\n`;

test('a limit in MiB', () => expect(addressSpaceMiB(limits('8192000000'))).toBe(7812));
test('no limit', () => expect(addressSpaceMiB(limits('unlimited'))).toBeUndefined());
test('a platform that does not report it', () => expect(addressSpaceMiB('')).toBeUndefined());
