// The exports of the module.
export {
  convolutionBytes32,
  convolutionBytes64,
  convolutionForward32,
  convolutionForward64,
  convolutionBackward32,
  convolutionBackward64,
} from './convolution';
export { tile32, tile64 } from '../../engine/assembly/kept';
