import { SourceMap, type SourceMapPayload } from 'node:module';
import { normalize } from 'node:path/posix';
import type { Assignment } from '../model/assignment.ts';
import type { SubmissionFault } from '../model/examination.ts';
import { OUTPUT } from './inTemporaryFolder.ts';

const MAP = '\n//# sourceMappingURL=data:application/json;base64,';

/** A submission's bundle, with the map from places in it to lines of the deliverables. */
export class PlacedBundle {
  /** Without the map, which names files of this machine. */
  readonly code: Uint8Array;
  readonly #map: Buffer;
  readonly #paths: ReadonlySet<string>;
  #parsed: SourceMap | undefined;

  /** @param bundle - as `bundleSubmission` makes it for a submission alone */
  constructor(bundle: Uint8Array, { deliverables }: Assignment) {
    const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.length);
    // The compiler's own is the last.
    const end = bytes.lastIndexOf(MAP);
    this.code = end < 0 ? bundle : bundle.slice(0, end);
    this.#map = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + MAP.length);
    this.#paths = new Set(deliverables.map(({ path }) => path));
  }

  /**
   * The message of a fault, with the innermost line of a deliverable if an exception arose in one: `TypeError: x is not a
   * function (src/Im2MatLayer.ts:42)`.
   */
  messageOf({ message, places }: SubmissionFault): string {
    for (const place of places === '' ? [] : places.split(',')) {
      const [line, column] = place.split(':').map(Number);
      const found = this.#sourceOf(line, column);
      if (found !== undefined) return `${message} (${found})`;
    }
    return message;
  }

  #sourceOf(line: number, column: number): string | undefined {
    if (this.#map.length === 0) return undefined;
    this.#parsed ??= new SourceMap(
      JSON.parse(Buffer.from(this.#map.toString(), 'base64').toString()) as SourceMapPayload,
    );
    const entry = this.#parsed.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry)) return undefined;
    const path = normalize(`${OUTPUT}/${entry.originalSource}`);
    return this.#paths.has(path) ? `${path}:${entry.originalLine + 1}` : undefined;
  }
}
