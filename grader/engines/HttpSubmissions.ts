import { SourceFault, type SubmissionSource } from './submissionFiles.ts';
import { textIn } from './textIn.ts';

const TIMEOUT_MS = 60_000;

/** Submissions from the collector, which serves them by digest. */
export class HttpSubmissions implements SubmissionSource {
  readonly #address: string;

  /** @param address - of the server, like `http://collector:8080` */
  constructor(address: string) {
    this.#address = address.replace(/\/+$/u, '');
  }

  async read(digest: string): Promise<string | undefined> {
    const response = await fetch(`${this.#address}/submissions/${digest}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    if (!response || response.status >= 500) throw new SourceFault(`${this.#address} does not answer`);
    return textIn(response).catch(() => undefined);
  }
}
