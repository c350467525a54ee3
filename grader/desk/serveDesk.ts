import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { UsageError } from '../model/errors.ts';
import { isOwnPeer } from './access/isOwnPeer.ts';
import type { DeskEnv } from './DeskEnv.ts';

/** A desk that listens. */
export interface ServedDesk {
  /** Like `127.0.0.1:8123`. */
  readonly host: string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** Where to listen. */
interface Address {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /**
   * Whether only this user's programs may connect. Browsers send a cookie to every port of its host: without this, another
   * user of the machine who leads the browser to a port of theirs could use it here.
   */
  readonly isForOwnUser?: boolean;
}

/** How long a request may take to arrive: who sends more slowly keeps a connection and nothing else. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
};

/**
 * Listens for browsers.
 *
 * @param limits - of requests, in milliseconds and bytes
 * @throws UsageError if that is not possible
 */
export async function serveDesk(
  app: Hono<DeskEnv>,
  { host, port, isForOwnUser = false }: Address,
  limits: Partial<typeof LIMITS> = {},
): Promise<ServedDesk> {
  const server = createServer({ ...LIMITS, ...limits }, getRequestListener(app.fetch));
  if (isForOwnUser) server.on('connection', (socket) => void (isOwnPeer(socket) || socket.destroy()));
  await listening(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    host: hostOf(host, taken),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A host as browsers name it: in small letters, and without the port that they need not name. */
export const hostOf = (host: string, port: number): string =>
  new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`).host;

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; choose another --port',
  EACCES: 'you may not listen there; choose a --port from 1024 on',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'no machine has that name',
};

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = WHY[error.code ?? ''];
      reject(why === undefined ? error : new UsageError(`${host}:${port}: ${why}`));
    });
    server.listen(port, host, resolve);
  });
