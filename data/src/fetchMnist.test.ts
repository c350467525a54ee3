import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fetchMnist } from './fetchMnist.ts';

const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 256));
const file = { name: 'digits.gz', bytes: content.length, md5: createHash('md5').update(content).digest('hex') };

let folder: string;
let server: Server;
let requests: (string | undefined)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'im2grade-fetch-'));
  requests = [];
});
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const withRanges = ({ headers }: IncomingMessage, response: ServerResponse) => {
  const start = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200).end(content.subarray(start));
};

test('fetches what is missing, and nothing the second time', async () => {
  const mirror = await serve(withRanges);
  expect(await fetchMnist({ folder, mirrors: [mirror], files: [file] })).toEqual([file.name]);
  expect(readFileSync(join(folder, file.name))).toEqual(content);
  expect(await fetchMnist({ folder, mirrors: [mirror], files: [file] })).toEqual([]);
  expect(requests).toHaveLength(1);
});

test('resumes an interrupted download', async () => {
  const mirror = await serve(withRanges);
  writeFileSync(join(folder, `${file.name}.part`), content.subarray(0, 1234));
  await fetchMnist({ folder, mirrors: [mirror], files: [file] });
  expect(requests).toEqual(['bytes=1234-']);
  expect(readFileSync(join(folder, file.name))).toEqual(content);
});

test('a wrong checksum is refused and not kept', async () => {
  const mirror = await serve((_, response) => response.end(Buffer.alloc(content.length)));
  await expect(fetchMnist({ folder, mirrors: [mirror], files: [file] })).rejects.toThrow(/wrong checksum/);
  expect(existsSync(join(folder, `${file.name}.part`))).toBe(false);
});

test('the next mirror is tried; if all fail, one line says why each did', async () => {
  const mirror = await serve((_, response) => response.writeHead(404).end());
  await expect(fetchMnist({ folder, mirrors: [mirror, 'http://127.0.0.1:1/'], files: [file] })).rejects.toThrow(
    /^digits\.gz could not be fetched \(127\.0\.0\.1:\d+: answered 404; 127\.0\.0\.1:1: \w/,
  );
});
