import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Engine } from './Engine.ts';
import type { Order } from './Job.ts';
import { S3Submissions } from './S3Submissions.ts';
import { storedFirst } from './storedFirst.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'course', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' };
const DIGEST = 'a'.repeat(64);
const PLACE = 's3://course-1/gradebook/submissions';

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The signature of a request, as Amazon's documentation of version 4 defines it. */
function signatureOf({ method, url, headers }: IncomingMessage, secret: string): string {
  const [, scope, signed] = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+),/u.exec(headers.authorization ?? '')!;
  const names = signed.split(';');
  const canonical = [
    ...[method, url, '', ...names.map((name) => `${name}:${String(headers[name])}`), ''],
    ...[signed, headers['x-amz-content-sha256']],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

/** A server of objects that answers only requests signed with the secret key. */
class Storage {
  readonly objects = new Map<string, Buffer>();
  readonly requests: string[] = [];
  isBroken = false;
  readonly #server: Server = createServer(
    (request, response) => void this.#answer(request).then(([status, body]) => response.writeHead(status).end(body)),
  );

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage): Promise<readonly [number, (Buffer | undefined)?]> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method, url = '' } = request;
    this.requests.push(`${method} ${url}`);
    if (this.isBroken) return [503];
    if (!request.headers.authorization?.endsWith(signatureOf(request, KEYS.AWS_SECRET_ACCESS_KEY))) return [403];
    if (method === 'PUT') this.objects.set(url, Buffer.concat(pieces));
    const object = this.objects.get(url);
    return object ? [200, method === 'GET' ? object : undefined] : [404];
  }

  close = () => void this.#server.close();
}

const storage = new Storage();
const address = await storage.listen();
const before = { ...process.env };
beforeEach(() => void Object.assign(process.env, { ...KEYS, AWS_ENDPOINT_URL: address }));
afterEach(() => {
  process.env = { ...before };
  storage.objects.clear();
  storage.requests.length = 0;
  storage.isBroken = false;
});
afterAll(storage.close);

test('what was written is read, and not written again', async () => {
  const store = await S3Submissions.at(PLACE);
  expect(await store.read(DIGEST)).toBeUndefined();
  await store.write(DIGEST, 'some text');
  await store.write(DIGEST, 'some text');
  expect(await store.read(DIGEST)).toBe('some text');
  expect([...storage.objects.keys()]).toEqual([`/course-1/gradebook/submissions/${DIGEST}.json.gz`]);
  expect(storage.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(1);
});

test('a wrong key is an error of one line, and reads nothing', async () => {
  process.env['AWS_SECRET_ACCESS_KEY'] = 'guess';
  const store = await S3Submissions.at(PLACE);
  await expect(store.write(DIGEST, 'x')).rejects.toThrow(/^s3:\/\/\S+: the storage refuses a submission \(HTTP 403\)/u);
  expect(await store.read(DIGEST)).toBeUndefined();
});

test('storage that does not answer is an error of one line', async () => {
  process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:1';
  const store = await S3Submissions.at(PLACE);
  await expect(store.write(DIGEST, 'x')).rejects.toThrow(/^s3:\/\/\S+: the storage does not answer: /u);
});

test('an object that is no archive, or a bomb, is nothing', async () => {
  const store = await S3Submissions.at(PLACE);
  storage.objects.set(`/course-1/gradebook/submissions/${DIGEST}.json.gz`, Buffer.from('no archive'));
  expect(await store.read(DIGEST)).toBeUndefined();
});

test.each<[string, Record<string, string>, string]>([
  ['s3://', {}, 'must be like s3://bucket/folder'],
  ['s3://../x', {}, 'must be like s3://bucket/folder'],
  ['s3://course/?versions', {}, 'must be like s3://bucket/folder'],
  [PLACE, { AWS_SECRET_ACCESS_KEY: '' }, 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
  [PLACE, { AWS_ENDPOINT_URL: 'storage:9000' }, 'must be like https://storage:9000'],
])('%s with %j is refused', async (place, env, line) => {
  Object.assign(process.env, env);
  await expect(S3Submissions.at(place)).rejects.toThrow(line);
});

test('a submission is stored before its job is submitted, and a job without one is not submitted', async () => {
  const submitted: string[] = [];
  const engine = {
    width: () => 1,
    async submit(orders: readonly Order[]) {
      expect(storage.objects.size).toBe(1);
      submitted.push(...orders.map(({ job }) => job.key));
    },
  } as unknown as Engine;
  const fed = storedFirst(engine, await S3Submissions.at(PLACE));
  const order = { job: { key: 'k', submission: { digest: DIGEST } }, files: new Map([['a', 'b']]) } as unknown as Order;
  await fed.submit([order]);
  storage.isBroken = true;
  await expect(fed.submit([order])).rejects.toThrow('HTTP 503');
  expect(submitted).toEqual(['k']);
});
