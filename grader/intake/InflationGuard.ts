import { refusal } from './refusal.ts';

/** Bytes that one archive may inflate to, all its entries together. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** Above the floor, an archive may inflate to this many times its size; sources reach 5, tar's padding 30. */
const MAX_RATIO = 100;
const RATIO_FLOOR_BYTES = 4 * 1024 * 1024;

/** Counts what an archive inflates to while it is inflated; the sizes that the archive declares are not trusted. */
export class InflationGuard {
  readonly #archive: string;
  readonly #allowed: number;
  #bytes = 0;

  /**
   * @param packedBytes - the archive's own size
   * @param mostBytes - what an archive may have: files that hardly shrink may have as many
   */
  constructor(archive: string, packedBytes: number, mostBytes = 0) {
    this.#archive = archive;
    this.#allowed = Math.min(
      Math.max(MAX_INFLATED_BYTES, 2 * mostBytes),
      Math.max(RATIO_FLOOR_BYTES, MAX_RATIO * packedBytes),
    );
  }

  /** @throws UngradableError once that is too much */
  count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#allowed)
      throw refusal(this.#archive, `unpacks to more than ${this.#allowed} bytes; hand in the deliverables only`);
  }
}
