import { interruption, INTERRUPTED } from './options.ts';

/**
 * Runs work that Ctrl-C or a request to terminate ends: one line says so, and the exit code is that of an interrupted
 * command.
 *
 * @param consequence - what holds then, as `nothing was written`
 */
export async function untilInterrupted(
  consequence: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const signal = interruption();
  try {
    await work(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    process.stderr.write(`grade: interrupted; ${consequence}\n`);
    process.exitCode = INTERRUPTED;
  }
}
