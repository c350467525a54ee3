import { createServer } from 'node:net';

/** A name of this machine that is taken. */
export interface Lock {
  release(): void;
}

/**
 * Takes a name that only one process of this machine can listen on; the system frees it when its owner dies.
 *
 * @returns undefined while another process has it
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
  // Not the folder for temporary files: that is another one for each grading.
  return `/tmp/im2grade-${name}.sock`;
}
