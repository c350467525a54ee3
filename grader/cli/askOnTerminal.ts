import { createInterface } from 'node:readline/promises';
import { UsageError } from '../model/errors.ts';

interface Asking {
  /** @returns the answer, or `otherwise` if it is empty */
  question(text: string, otherwise: string): Promise<string>;
  close(): void;
}

/**
 * Asks a person questions on the terminal; undefined if nobody is there.
 *
 * @param signal - of an interruption; a question that is open then is rejected
 */
export function askOnTerminal(signal: AbortSignal): Asking | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal takes Ctrl-C for itself.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new AbortController();
  terminal.once('close', () => closed.abort(new UsageError('a question has no answer; --yes asks none')));
  const either = AbortSignal.any([signal, closed.signal]);
  return {
    async question(text, otherwise) {
      const answer = terminal.question(`${text} (${otherwise}): `, { signal: either });
      return (
        (await answer.catch((error: unknown) => Promise.reject(reasonOf(closed.signal) ?? error))).trim() || otherwise
      );
    },
    close: () => terminal.close(),
  };
}

const reasonOf = ({ aborted, reason }: AbortSignal): Error | undefined => (aborted ? (reason as Error) : undefined);
