import { EXIT } from '../model/errors.ts';

/** `… | head` has read enough: the command goes on, and its exit code is its own. What else fails is a fault to be reported. */
export function endQuietly(stream: NodeJS.WriteStream): void {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = EXIT.graderFailed;
    if (stream !== process.stderr) process.stderr.write(`grade: standard output cannot be written (${code})\n`);
  });
}
