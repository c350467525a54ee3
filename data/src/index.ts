export { cifarFolder } from './cifar/cifarFiles.ts';
export { type ColourImages, loadCifar } from './cifar/loadCifar.ts';
export { DataError, type Digits } from './Digits.ts';
export { embeddedDigits, type DigitSplit } from './embeddedDigits.ts';
export { loadIdxFolder, readIdxImages, readIdxLabels } from './idx.ts';
export { loadSmallDigits } from './small/loadSmallDigits.ts';
export { type SmallDigits, type SmallDigitSplit } from './small/SmallDigits.ts';
