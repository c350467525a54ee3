export { FormatError } from './FormatError.ts';
export { printable } from './printable.ts';
export { bytesOf, elements, type ElementType } from './numbers/elements.ts';
export { Called, Global, Persistent, PickleReader, type PickledValue } from './pickle/PickleReader.ts';
export { ProtobufReader, type ProtobufField } from './protobuf/ProtobufReader.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensors,
  type StoredTensor,
} from './safetensors/safetensors.ts';
export { storedEntries } from './zip/storedEntries.ts';
