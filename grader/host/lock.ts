import { createServer } from 'node:net';

/** A lock by name, held by this process for the whole machine. */
export interface Lock {
  release(): void;
}

/**
 * Takes a lock: a name that only one process of this machine can listen on. The system frees it when its owner exits.
 *
 * @returns undefined while another process holds it
 */
export async function tryLock(name: string): Promise<Lock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(addressOf(name), () => {
      server.unref();
      resolve({ release: () => server.close() });
    });
  });
}

function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0im2grade-${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\im2grade-${name}`;
  // Not the folder for temporary files: it differs between gradings.
  return `/tmp/im2grade-${name}.sock`;
}
