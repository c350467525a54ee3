import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { openRedis, shownRedis } from '../../../grader/engines/redis/openRedis.ts';
import { networkTo, RedisServer, whyNoRedis } from './redis.ts';

const why = whyNoRedis();
if (why !== undefined) console.warn(`Which Redis servers are refused is not tested: ${why}`);
const withRedis = why === undefined ? test : test.skip;

const open = (url: string) => openRedis({ url, note: () => undefined });

/** Why an address is refused. */
const refusalOf = (url: string): Promise<unknown> =>
  open(url).then(
    (redis) => redis.disconnect(),
    (error: unknown) => (error as Error).message,
  );

/** Runs work with the port of a server that listens here. */
async function listening(server: Server, work: (port: number) => Promise<void>): Promise<void> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

/** Runs work with a server that says something else of itself. */
async function saying(what: RegExp, instead: string, work: (url: string) => Promise<void>): Promise<void> {
  const server = await RedisServer.start();
  const network = await networkTo(server.port, (piece) =>
    Buffer.from(piece.toString('latin1').replace(what, instead), 'latin1'),
  );
  try {
    await work(network.url);
  } finally {
    network.close();
    await server.stop();
  }
}

withRedis.each([
  // The answer is as long as before.
  [/redis_version:\d/u, 'redis_version:5', /the server is Redis 5\.\S+; 6\.2 or later is needed$/u],
  [/cluster_enabled:0/u, 'cluster_enabled:1', /it is a node of a Redis cluster; a single server is needed$/u],
])('a server that says %s otherwise is refused', (what, instead, line) =>
  saying(what, instead, async (url) => expect(await refusalOf(url)).toMatch(line)),
);

withRedis('a copy of another server is refused', async () => {
  const server = await RedisServer.start([
    ...['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--replicaof', '127.0.0.1', '1'],
  ]);
  try {
    expect(await refusalOf(server.url)).toContain('the server only copies another one; name that one');
  } finally {
    await server.stop();
  }
});

withRedis('a database that the server does not have is refused, and not taken for the first one', async () => {
  const server = await RedisServer.start();
  try {
    expect(await refusalOf(`${server.url}/99`)).toContain('/99: the server has no database of this number');
    expect(await refusalOf(`${server.url}/jobs`)).toContain('/jobs: a database is a number, as in redis://');
    const redis = await open(`${server.url}/3`);
    await redis.set('a', 'b');
    redis.disconnect();
    expect(await server.with((first) => first.get('a'))).toBeNull();
  } finally {
    await server.stop();
  }
});

test('what says nothing is no server', () =>
  listening(createServer(), async (port) => {
    expect(await refusalOf(`redis://127.0.0.1:${port}`)).toContain('no Redis server answers there');
    expect(await refusalOf(`rediss://127.0.0.1:${port}`)).toContain(
      'no Redis server answers there with TLS; redis:// is for one without',
    );
  }));

test('what says something else is no Redis server', () =>
  listening(createHttpServer(), async (port) =>
    expect(await refusalOf(`redis://127.0.0.1:${port}`)).toContain('what answers there is no Redis server'),
  ));

test.each([
  ['redis://queue:6379/1', 'redis://queue:6379/1'],
  ['redis://:secret@queue', 'redis://@queue'],
  ['rediss://ada:se:c@r/et@queue:6379', 'rediss://ada@queue:6379'],
  ['redis://queue?password=secret', 'redis://queue'],
])('%s is shown as %s', (url, shown) => expect(shownRedis(url)).toBe(shown));
