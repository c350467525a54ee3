import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FilesByDigest } from '../host/files/FilesByDigest.ts';
import { UsageError } from '../model/errors.ts';

/** A server of submissions, as long as a class is graded. */
export interface SubmissionServer {
  readonly port: number;
  close(): void;
}

/**
 * Serves submissions by their digests, which nobody can guess, and lists none.
 *
 * @param port - 0 takes a free one
 * @throws UsageError if the port is taken
 */
export async function serveSubmissions(
  files: FilesByDigest,
  port: number,
  host: string | undefined,
): Promise<SubmissionServer> {
  const server = createServer((request, response) => {
    const [, digest] = /^\/submissions\/([0-9a-f]{64})$/u.exec(request.url ?? '') ?? [];
    if (request.method !== 'GET' || digest === undefined || !files.has(digest)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/gzip' });
    createReadStream(files.pathOf(digest))
      .on('error', () => response.destroy())
      .pipe(response);
  });
  await listening(server, port, host);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) => reject(new UsageError(`--serve ${port}: ${message}`)));
    server.listen({ port, host }, resolve);
  });
}
