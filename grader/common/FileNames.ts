const LONGEST = 80;

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
    const base = clean.replace(/^[._-]+/u, '').slice(0, LONGEST) || 'submission';
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base}.${n}`;
      if (this.#taken.has(name.toLowerCase())) continue;
      this.#taken.add(name.toLowerCase());
      return name;
    }
  }
}
