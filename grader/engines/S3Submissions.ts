import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AwsClient } from 'aws4fetch';
import { MachineFault, UsageError } from '../model/errors.ts';
import type { SubmissionSource } from './submissionFiles.ts';
import { textIn } from './textIn.ts';

const pack = promisify(gzip);

const TIMEOUT_MS = 60_000;
/** Of a request that the server could not answer; the pauses between them double from 50 ms on. */
const RETRIES = 4;

/** True for a place in S3-compatible storage, like `s3://course/submissions`. */
export const isS3Url = (place: string): boolean => place.startsWith('s3://');

/**
 * Submissions in S3-compatible storage, by digest. As for other programs, `AWS_ENDPOINT_URL` is its address unless it is
 * Amazon's, and `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_REGION` are what it asks for.
 *
 * @example
 *   const store = await S3Submissions.at('s3://course/submissions');
 *   await store.write(digest, text);
 */
export class S3Submissions implements SubmissionSource {
  readonly #place: string;
  readonly #folder: string;
  readonly #client: AwsClient;

  private constructor(place: string, folder: string, client: AwsClient) {
    this.#place = place;
    this.#folder = folder;
    this.#client = client;
  }

  /** @throws UsageError if it is no such place, or the keys are missing */
  static async at(place: string): Promise<S3Submissions> {
    const [, bucket, folder] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[\w.-]+)*)\/?$/u.exec(place) ?? [];
    if (bucket === undefined) throw new UsageError(`${place}: must be like s3://bucket/folder`);
    const settings = process.env;
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = settings;
    if (!accessKeyId || !secretAccessKey)
      throw new UsageError(`${place}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`);
    const region = settings['AWS_REGION'] ?? 'us-east-1';
    const endpoint = settings['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`;
    if (!/^https?:\/\//u.test(endpoint) || !URL.canParse(endpoint))
      throw new UsageError(`AWS_ENDPOINT_URL ${endpoint}: must be like https://storage:9000`);
    const { AwsClient } = await import('aws4fetch');
    const sessionToken = settings['AWS_SESSION_TOKEN'];
    const keys = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
    const client = new AwsClient({ ...keys, service: 's3', region, retries: RETRIES });
    return new S3Submissions(place, `${endpoint.replace(/\/+$/u, '')}/${bucket}${folder}`, client);
  }

  async read(digest: string): Promise<string | undefined> {
    try {
      return await textIn(await this.#fetch(digest, 'GET'));
    } catch {
      return undefined;
    }
  }

  /**
   * Writes a text under a digest that it was computed from, unless it is there.
   *
   * @throws MachineFault if it cannot be written
   */
  async write(digest: string, text: string): Promise<void> {
    if ((await this.#explained(() => this.#fetch(digest, 'HEAD'))).ok) return;
    const body = new Uint8Array(await pack(text));
    const { ok, status } = await this.#explained(() => this.#fetch(digest, 'PUT', body));
    if (!ok)
      throw new MachineFault(`${this.#place}: the storage refuses a submission (HTTP ${status}); check its keys`);
  }

  #fetch(digest: string, method: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    return this.#client.fetch(`${this.#folder}/${digest}.json.gz`, {
      ...{ method, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) },
      ...(body && { body }),
    });
  }

  async #explained(request: () => Promise<Response>): Promise<Response> {
    try {
      return await request();
    } catch (error) {
      const { message, cause } = error as Error;
      throw new MachineFault(
        `${this.#place}: the storage does not answer: ${(cause as Error | undefined)?.message ?? message}`,
      );
    }
  }
}
