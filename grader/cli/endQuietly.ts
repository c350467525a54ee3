import { EXIT } from '../model/errors.ts';

/**
 * After `…
 * head` has closed the pipe, the command continues and keeps its exit code. Any other error of the stream is reported as
 * a fault.
 */
export function endQuietly(stream: NodeJS.WriteStream): void {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = EXIT.graderFailed;
    if (stream !== process.stderr) process.stderr.write(`grade: standard output cannot be written (${code})\n`);
  });
}
