import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../../grader/gradebook/test/freePort.ts';

/** Why no Redis server can be started here; undefined if one can. */
export const whyNoRedis = (): string | undefined =>
  spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'redis-server not installed';

/** Settings of a server that keeps what it is given. */
export const KEEPING = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];

/** The files of a certificate, of its key, and of the authority that signed it. */
export interface TlsKeys {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

const tlsSettings = (port: number, { certificate, key, authority }: TlsKeys): string[] => [
  ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
  ...['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', authority],
];

/** A server of its own, which can be killed and started again. */
export class RedisServer {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'im2grade-redis-'));
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, settings: readonly string[]) {
    this.port = port;
    this.#settings = settings;
  }

  /** @param keys - it speaks TLS only, with these */
  static async start(settings: readonly string[] = KEEPING, keys?: TlsKeys): Promise<RedisServer> {
    const port = await freePort();
    const server = new RedisServer(port, [...settings, ...(keys ? tlsSettings(port, keys) : [])]);
    try {
      await server.startAgain();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async startAgain(): Promise<void> {
    const given = ['--bind', '127.0.0.1', '--port', String(this.port), '--dir', this.#folder, '--save', ''];
    const server = spawn('redis-server', [...given, ...this.#settings], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = server;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      server.once('close', () => reject(new Error(`redis-server has ended: ${log}`)));
      server.stdout.on('data', (piece: Buffer) => {
        log += piece.toString();
        if (log.includes('Ready to accept connections')) resolve();
      });
    });
  }

  /** Does nothing if it has ended. */
  async kill(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('close', resolve));
    server.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Runs work with a connection. */
  async with<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  /** Its processor time. */
  seconds(): Promise<number> {
    return this.with(async (redis) => {
      const used = [...(await redis.info('cpu')).matchAll(/^used_cpu_(?:user|sys):(.*)$/gmu)];
      return used.reduce((sum, [, each]) => sum + Number(each), 0);
    });
  }

  /** Waits until this number of jobs is being graded. */
  untilActive(count: number): Promise<void> {
    return this.#until(async (redis) => {
      const [key] = await redis.keys('bull:*:active');
      return key !== undefined && (await redis.llen(key)) >= count;
    });
  }

  /** Waits until workers have begun with some job this often. */
  untilStarted(times: number): Promise<void> {
    return this.#until(async (redis) => {
      const jobs = (await redis.keys('bull:*')).filter((key) => /:[0-9a-f]{64}$/u.test(key));
      const starts = await Promise.all(jobs.map((key) => redis.hget(key, 'ats')));
      return starts.some((started) => Number(started) >= times);
    });
  }

  /** Waits until this number of workers has said that it lives. */
  untilWorkers(count: number): Promise<void> {
    return this.#until(async (redis) => (await redis.keys('im2grade:worker:*')).length >= count);
  }

  /** Waits until this number of jobs has failed for good. */
  untilFailed(count: number): Promise<void> {
    return this.#until(async (redis) => {
      const [key] = await redis.keys('bull:*:failed');
      return key !== undefined && (await redis.zcard(key)) >= count;
    });
  }

  #until(isSo: (redis: Redis) => Promise<boolean>): Promise<void> {
    return this.with(async (redis) => {
      while (!(await isSo(redis))) await sleep(20);
    });
  }
}

/** A network between a worker and its server that can be cut. */
export interface Network {
  readonly url: string;
  /** Lets nothing through, as a cable that was pulled, until it is called with false. */
  cut(isCut: boolean): void;
  close(): void;
}

/** @param change - what becomes of what the server says */
export async function networkTo(port: number, change = (piece: Buffer): Buffer => piece): Promise<Network> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const own = createServer((client) => {
    const server = createConnection(port, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ]) {
      sockets.add(from);
      from.on('data', (piece) => void (isCut || to.write(from === server ? change(piece) : piece)));
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port: ownPort } = own.address() as { port: number };
  return {
    url: `redis://127.0.0.1:${ownPort}`,
    cut(is) {
      isCut = is;
      // What was lost on the way is noticed when the network is back.
      if (!is) for (const socket of sockets) socket.destroy();
    },
    close() {
      own.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
