import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A name that only one process of this machine can listen on; the system frees it when its owner dies. */
const NAME =
  process.platform === 'linux'
    ? '\0im2grade-timing'
    : process.platform === 'win32'
      ? '\\\\.\\pipe\\im2grade-timing'
      : join(tmpdir(), 'im2grade-timing.sock');

const RETRY_MS = 50;

/** Runs `work` while no other grading of this machine times anything; waits for its turn as long as that takes. */
export async function withTimingLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = await acquire();
  try {
    return await work();
  } finally {
    lock.close();
  }
}

async function acquire(): Promise<Server> {
  for (;;) {
    const lock = await tryListen();
    if (lock) return lock;
    await sleep(RETRY_MS);
  }
}

async function tryListen(): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(NAME, () => {
      server.unref();
      resolve(server);
    });
  });
}
