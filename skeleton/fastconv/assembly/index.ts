// The exports of the module.
export {
  convolutionBytes32,
  convolutionBytes64,
  convolutionForward32,
  convolutionForward64,
  convolutionBackward32,
  convolutionBackward64,
} from './convolution';
export {
  maxForward32,
  maxForward64,
  maxBackward32,
  maxBackward64,
  meanForward32,
  meanForward64,
  meanBackward32,
  meanBackward64,
} from './pooling';
export { tile32, tile64 } from '../../engine/assembly/kept';
