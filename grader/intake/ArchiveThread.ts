import { Worker } from 'node:worker_threads';
import { MachineFault, UngradableError } from '../model/errors.ts';
import type { Answer, ReadArchive, Request } from './archiveMessages.ts';
import { readerProgram } from './readerProgram.ts';
import { refusal } from './refusal.ts';

/**
 * Far more than the limits on bytes and names allow to be necessary: only a very slow machine or a gap in the limits
 * gets there.
 */
const MOST_SECONDS = 60;
const MOST_HEAP_MIB = 512;

/**
 * A thread that reads one archive after another. Whatever an archive does to it, the calling thread stays free to
 * receive a signal and to end it.
 */
export class ArchiveThread {
  #worker: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Reads an archive after those that were requested before.
   *
   * @throws UngradableError if it is refused, MachineFault if the time is up, and the reason of the signal if it is
   *   aborted
   */
  ask(request: Request, signal?: AbortSignal): Promise<ReadArchive> {
    const answer = this.#turn.then(() => this.#ask(request, signal));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  async #ask(request: Request, signal?: AbortSignal): Promise<ReadArchive> {
    signal?.throwIfAborted();
    this.#worker ??= await startWorker();
    const worker = this.#worker;
    const answer = await this.#answerOf(worker, request, signal).catch(async (error: unknown) => {
      this.#worker = undefined;
      await worker.terminate();
      throw error;
    });
    if (answer.type === 'read') return answer;
    throw answer.type === 'refused' ? new UngradableError(answer.message) : new Error(answer.message);
  }

  #answerOf(worker: Worker, request: Request, signal?: AbortSignal): Promise<Answer> {
    const { shown } = request;
    return new Promise<Answer>((resolve, reject) => {
      const late = new MachineFault(`${shown}: not read after ${MOST_SECONDS} s; try again, or unpack it by hand`);
      const clock = setTimeout(() => settle(() => reject(late)), MOST_SECONDS * 1000);
      const answered = (answer: Answer) => settle(() => resolve(answer));
      const failed = (error: NodeJS.ErrnoException) => settle(() => reject(reasonOf(error, shown)));
      const interrupted = () => settle(() => reject(signal?.reason as Error));
      const settle = (how: () => void) => {
        clearTimeout(clock);
        worker.off('message', answered).off('error', failed);
        signal?.removeEventListener('abort', interrupted);
        // An idle thread does not keep the process alive.
        worker.unref();
        how();
      };
      worker.on('message', answered).on('error', failed);
      signal?.addEventListener('abort', interrupted);
      worker.ref();
      worker.postMessage(request);
    });
  }
}

const startWorker = async (): Promise<Worker> =>
  new Worker(await readerProgram(), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MIB } });

const reasonOf = (error: NodeJS.ErrnoException, shown: string): Error =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refusal(shown, 'takes too much memory to read') : error;
