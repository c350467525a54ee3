import { createInterface } from 'node:readline';
import type { Case } from '../Case.ts';
import type { Reply, Request } from '../protocol.ts';

/** A case whose arrays are allocated and filled. */
export interface Prepared {
  /** Floating-point operations of a call, if they differ from the case's. */
  readonly flops?: number;
  /** Computes the given number of times, one after the other. */
  repeat(times: number): void | Promise<void>;
  /** Sum of the squares of the result or, both ways, of the gradients; of an epoch, the mean cross-entropy. */
  digest(): number;
}

export interface Candidate {
  readonly version: string;
  /** @throws Error with the reason if the candidate cannot do this case */
  prepare(what: Case): Prepared | Promise<Prepared>;
}

/** Before a turn of several calls, one uncounted call. */
const UNCOUNTED = 2;

const reply = (message: Reply): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
const unable = (error: unknown): Reply => ({
  is: 'unable',
  reason: (error instanceof Error ? error.message : String(error)).split('\n')[0],
});

/**
 * Answers requests until standard input ends. If `start` throws, its message says why the candidate cannot take part.
 */
export async function serve(start: () => Candidate | Promise<Candidate>): Promise<void> {
  try {
    const candidate = await start();
    reply({ is: 'ready', version: candidate.version });
    let prepared: Prepared | undefined;
    for await (const line of createInterface({ input: process.stdin })) {
      const request = JSON.parse(line) as Request;
      try {
        if (request.ask === 'prepare') {
          prepared = undefined;
          prepared = await candidate.prepare(request.case);
          reply({ is: 'prepared', ...(prepared.flops !== undefined && { flops: prepared.flops }) });
        } else {
          reply(await answer(request, prepared!));
        }
      } catch (error) {
        reply(unable(error));
      }
    }
  } catch (error) {
    reply(unable(error));
  }
}

async function answer(request: Exclude<Request, { ask: 'prepare' }>, prepared: Prepared): Promise<Reply> {
  if (request.ask === 'digest') return { is: 'digest', value: prepared.digest() };
  // Threads that have slept since the last turn are woken on one core, and need milliseconds to move to another.
  await prepared.repeat(Math.floor(request.times / UNCOUNTED));
  const startedAt = performance.now();
  await prepared.repeat(request.times);
  return { is: 'timed', ms: (performance.now() - startedAt) / request.times };
}
