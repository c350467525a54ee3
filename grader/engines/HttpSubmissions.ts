import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { SubmissionSource } from './submissionFiles.ts';

const unpack = promisify(gunzip);

const MOST_PACKED = 64 * 1024 * 1024;
const MOST_UNPACKED = 8 * MOST_PACKED;
const TIMEOUT_MS = 60_000;

/** Submissions from the collector, which serves them by digest. */
export class HttpSubmissions implements SubmissionSource {
  readonly #address: string;

  /** @param address - of the server, like `http://collector:8080` */
  constructor(address: string) {
    this.#address = address.replace(/\/+$/u, '');
  }

  async read(digest: string): Promise<string | undefined> {
    try {
      const response = await fetch(`${this.#address}/submissions/${digest}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const bytes = response.ok ? await limited(response) : undefined;
      return bytes && (await unpack(bytes, { maxOutputLength: MOST_UNPACKED })).toString();
    } catch {
      return undefined;
    }
  }
}

/** The body of a response; undefined if it is larger than any submission. */
async function limited({ body }: Response): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += (piece as Uint8Array).length;
    if (size > MOST_PACKED) return undefined;
    pieces.push(piece as Uint8Array);
  }
  return Buffer.concat(pieces);
}
