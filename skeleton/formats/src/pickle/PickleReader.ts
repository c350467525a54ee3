import { FormatError } from '../FormatError.ts';
import { printable } from '../printable.ts';
import { decodeUtf8 } from '../text/decodeUtf8.ts';

/** A name in a module of Python; it is never looked up. */
export class Global {
  readonly module: string;
  readonly name: string;
  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }
  get path(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What Python would make by calling a global; it is never called. */
export class Called {
  readonly callee: Global;
  readonly args: PickledValue[];
  /** What would be put into it, as into a dictionary. */
  readonly items = new Map<PickledValue, PickledValue>();
  /** What would be given to the object's `__setstate__`. */
  state: PickledValue = null;
  constructor(callee: Global, args: PickledValue[]) {
    this.callee = callee;
    this.args = args;
  }
}

/** An object that is stored outside of the pickle, by whatever names it there. */
export class Persistent {
  readonly id: PickledValue;
  constructor(id: PickledValue) {
    this.id = id;
  }
}

/** Strings and bytes of Python 2 are both bytes; lists and tuples are both arrays. */
export type PickledValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickledValue[]
  | Map<PickledValue, PickledValue>
  | Global
  | Called
  | Persistent;

/** The beginning of a tuple, of a list's items or of a dictionary's. */
const MARK = Symbol('mark');
type OnStack = PickledValue | typeof MARK;

/** More than a large model's state dict needs by far. */
const MAX_STEPS = 2_000_000;

/**
 * The state of reading a pickle: a stack machine that builds values and runs nothing (Python's pickletools describe its
 * opcodes).
 */
export class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  readonly #allowed: ReadonlySet<string>;
  readonly #stack: OnStack[] = [];
  readonly #memo = new Map<number, PickledValue>();
  #at = 0;

  /**
   * @param name - of the file, for messages
   * @param allowed - the paths of globals that the pickle may name
   */
  constructor(bytes: Uint8Array, name: string, allowed: ReadonlySet<string>) {
    this.#bytes = bytes;
    this.#name = name;
    this.#allowed = allowed;
  }

  /** @throws FormatError if it is cut off or damaged, or uses what is not admitted */
  read(): PickledValue {
    for (let step = 0; step < MAX_STEPS; step++) {
      const opcode = this.take(1)[0];
      if (opcode === STOP) return this.pop();
      const run = OPCODES[opcode];
      if (!run) throw this.fault(`uses the opcode 0x${opcode.toString(16)}, which is not admitted`);
      run(this);
    }
    throw this.fault(`takes more than ${MAX_STEPS} steps`);
  }

  fault(what: string): FormatError {
    return new FormatError(`${this.#name}: the pickle ${what}`);
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) throw this.fault('is cut off');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** The next bytes, to read a number from. */
  view(length: number): DataView {
    const { buffer, byteOffset } = this.take(length);
    return new DataView(buffer, byteOffset, length);
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.fault('is cut off');
    const text = decodeUtf8(this.take(end - this.#at));
    this.take(1);
    return text;
  }

  push(value: OnStack): void {
    this.#stack.push(value);
  }

  pop(): PickledValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw this.fault('is damaged');
    return value;
  }

  top(): PickledValue {
    const value = this.pop();
    this.push(value);
    return value;
  }

  /** What is above the last mark. */
  popToMark(): PickledValue[] {
    const from = this.#stack.lastIndexOf(MARK);
    if (from < 0) throw this.fault('is damaged');
    return this.#stack.splice(from).slice(1) as PickledValue[];
  }

  memorise(at: number): void {
    this.#memo.set(at, this.top());
  }

  get memorised(): number {
    return this.#memo.size;
  }

  recall(at: number): void {
    const value = this.#memo.get(at);
    if (value === undefined) throw this.fault('is damaged');
    this.push(value);
  }

  pushGlobal(module: string, name: string): void {
    const global = new Global(module, name);
    if (!this.#allowed.has(global.path)) throw this.fault(`needs ${printable(global.path)}, which is not admitted`);
    this.push(global);
  }

  call(): void {
    const [args, callee] = [this.pop(), this.pop()];
    if (!(callee instanceof Global) || !Array.isArray(args)) throw this.fault('is damaged');
    this.push(new Called(callee, args));
  }

  build(): void {
    const [state, object] = [this.pop(), this.top()];
    if (!(object instanceof Called)) throw this.fault('is damaged');
    object.state = state;
  }

  append(items: readonly PickledValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.fault('is damaged');
    for (const item of items) list.push(item);
  }

  setItems(items: readonly PickledValue[]): void {
    const object = this.top();
    const target = object instanceof Called ? object.items : object;
    if (!(target instanceof Map) || items.length % 2 !== 0) throw this.fault('is damaged');
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  }
}

const STOP = 0x2e;
type Step = (reader: PickleReader) => void;

const byte = (reader: PickleReader): number => reader.take(1)[0];
const word = (reader: PickleReader): number => reader.view(4).getUint32(0, true);
/** Eight bytes; more than can be addressed is cut off. */
const long = (reader: PickleReader): number => Number(reader.view(8).getBigUint64(0, true));
const text = (length: (reader: PickleReader) => number): Step => {
  return (reader) => reader.push(decodeUtf8(reader.take(length(reader))));
};
const raw = (length: (reader: PickleReader) => number): Step => {
  return (reader) => reader.push(reader.take(length(reader)).slice());
};
/** The last values, of which there are as many. */
const tuple = (count: number): Step => {
  return (reader) => reader.push(Array.from({ length: count }, () => reader.pop()).toReversed());
};

/** Little-endian two's complement. */
function longInteger(reader: PickleReader): void {
  const bytes = reader.take(byte(reader));
  if (bytes.length > 6) throw reader.fault('has an integer that is too large');
  const negative = bytes.length > 0 && bytes.at(-1)! >= 0x80 ? 2 ** (8 * bytes.length) : 0;
  reader.push(bytes.reduceRight((value, each) => 256 * value + each, 0) - negative);
}

function stackGlobal(reader: PickleReader): void {
  const [name, module] = [reader.pop(), reader.pop()];
  reader.pushGlobal(String(module), String(name));
}

/** By opcode, as far as NumPy's arrays and state dicts of PyTorch use them. */
const OPCODES: Readonly<Record<number, Step>> = {
  0x80: (reader) => void byte(reader),
  0x95: (reader) => void long(reader),
  0x28: (reader) => reader.push(MARK),
  0x4e: (reader) => reader.push(null),
  0x88: (reader) => reader.push(true),
  0x89: (reader) => reader.push(false),
  0x4b: (reader) => reader.push(byte(reader)),
  0x4d: (reader) => reader.push(reader.view(2).getUint16(0, true)),
  0x4a: (reader) => reader.push(reader.view(4).getInt32(0, true)),
  0x8a: longInteger,
  0x47: (reader) => reader.push(reader.view(8).getFloat64(0)),
  // Texts of Python 3, then strings of Python 2 and bytes.
  0x8c: text(byte),
  0x58: text(word),
  0x55: raw(byte),
  0x54: raw(word),
  0x43: raw(byte),
  0x42: raw(word),
  0x8e: raw(long),
  0x29: tuple(0),
  0x85: tuple(1),
  0x86: tuple(2),
  0x87: tuple(3),
  0x74: (reader) => reader.push(reader.popToMark()),
  0x5d: (reader) => reader.push([]),
  0x7d: (reader) => reader.push(new Map()),
  0x61: (reader) => reader.append([reader.pop()]),
  0x65: (reader) => reader.append(reader.popToMark()),
  0x73: (reader) => reader.setItems([reader.pop(), reader.pop()].toReversed()),
  0x75: (reader) => reader.setItems(reader.popToMark()),
  0x71: (reader) => reader.memorise(byte(reader)),
  0x72: (reader) => reader.memorise(word(reader)),
  0x94: (reader) => reader.memorise(reader.memorised),
  0x68: (reader) => reader.recall(byte(reader)),
  0x6a: (reader) => reader.recall(word(reader)),
  0x63: (reader) => reader.pushGlobal(reader.line(), reader.line()),
  0x93: stackGlobal,
  0x52: (reader) => reader.call(),
  0x62: (reader) => reader.build(),
  0x51: (reader) => reader.push(new Persistent(reader.pop())),
};
