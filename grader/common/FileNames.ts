const LONGEST = 80;
/** Windows takes these names for devices, whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** Names for files that every file system keeps apart. */
export class FileNames {
  readonly #taken: Set<string>;

  /** @param taken - names that are used already */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  /** A text as a name of letters, digits, dots and dashes that no other text has: `Ada`, `Ada.2`. */
  nameFor(text: string): string {
    const clean = text.normalize('NFKC').replace(/[^\p{L}\p{N}._-]+/gu, '_');
    const short =
      clean
        .replace(/^[._-]+/u, '')
        .slice(0, LONGEST)
        .replace(/\.+$/u, '') || 'submission';
    const base = DEVICE.test(short) ? short.replace(/^[^.]+/u, '$&_') : short;
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base}.${n}`;
      if (this.#taken.has(name.toLowerCase())) continue;
      this.#taken.add(name.toLowerCase());
      return name;
    }
  }
}
