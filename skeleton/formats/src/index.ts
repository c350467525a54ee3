export { FormatError } from './FormatError.ts';
export { printable } from './printable.ts';
export { CURVE_NAMES, type CurveName, type Curves } from './curves/Curves.ts';
export { decodeCurves } from './curves/decodeCurves.ts';
export { encodeCurves } from './curves/encodeCurves.ts';
export { type Implausible, implausible } from './curves/implausible.ts';
export { bytesOf, elements, type ElementType } from './numbers/elements.ts';
export { Called, Global, Persistent, PickleReader, type PickledValue } from './pickle/PickleReader.ts';
export { ProtobufReader, type ProtobufField } from './protobuf/ProtobufReader.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensors,
  type StoredTensor,
} from './safetensors/safetensors.ts';
export { decodeUtf8 } from './text/decodeUtf8.ts';
export { storedEntries } from './zip/storedEntries.ts';
