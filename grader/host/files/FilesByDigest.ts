import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { writeWhole } from './writeWhole.ts';
import { MachineFault } from '../../model/errors.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** Texts in a folder, compressed, each in a file named by its digest: what is there is never changed. */
export class FilesByDigest {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a text unless it is there; returns its digest. */
  async write(text: string): Promise<string> {
    const digest = createHash('sha256').update(text).digest('hex');
    await this.writeAs(digest, text);
    return digest;
  }

  /** Writes a text under a digest that it was computed from. */
  async writeAs(digest: string, text: string): Promise<void> {
    if (!this.has(digest)) await writeWhole(this.pathOf(digest), await pack(text));
  }

  /** Whether there is a file; it may be damaged. */
  has(digest: string): boolean {
    return existsSync(this.pathOf(digest));
  }

  /** Undefined if it is missing or damaged. */
  async read(digest: string): Promise<string | undefined> {
    try {
      return (await unpack(await readFile(this.pathOf(digest)))).toString();
    } catch {
      return undefined;
    }
  }

  /** @throws MachineFault if it is missing or damaged */
  async require(digest: string): Promise<string> {
    const text = await this.read(digest);
    if (text === undefined)
      throw new MachineFault(`${this.pathOf(digest)} is missing or damaged; restore a copy of it`);
    return text;
  }

  pathOf(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), `${digest}.json.gz`);
  }
}
