import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CandidateSetup } from './candidates.ts';
import type { Reply, Request } from './protocol.ts';

/** Seconds for an answer, if no other limit is given; the longest is for an epoch. */
const PATIENCE = 120;

/** A request that the candidate cannot fulfil, and why. */
export class UnableError extends Error {
  override readonly name = 'UnableError';
}

type Answer<Is extends Reply['is']> = Extract<Reply, { is: Is }>;

/** A candidate in a process of its own, which gets one request at a time. */
export class CandidateProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #replies: AsyncIterator<string>;
  #version = '';
  /** The last line on its standard error. */
  #complaint = '';

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stdin.on('error', () => {});
    createInterface({ input: child.stderr }).on('line', (line) => (this.#complaint = line.trim() || this.#complaint));
  }

  /** @throws UnableError if the candidate is not installed or does not start */
  static async start({ command: [program, ...args], environment }: CandidateSetup): Promise<CandidateProcess> {
    const child = spawn(program, args, { env: { ...process.env, ...environment } });
    const failed = new Promise<never>((_, reject) =>
      child.on('error', ({ message }) => reject(new UnableError(`does not start: ${message}`))),
    );
    const started = new CandidateProcess(child);
    started.#version = (await Promise.race([started.#receive('ready', PATIENCE), failed])).version;
    return started;
  }

  get version(): string {
    return this.#version;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && !this.#child.killed;
  }

  /**
   * @param seconds - after which the process is ended
   * @throws UnableError if the candidate says so, takes longer or ends
   */
  async ask<Is extends Reply['is']>(request: Request, is: Is, seconds = PATIENCE): Promise<Answer<Is>> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#receive(is, seconds);
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #receive<Is extends Reply['is']>(is: Is, seconds: number): Promise<Answer<Is>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.stop();
        reject(new UnableError(`takes more than ${seconds} s`));
      }, seconds * 1e3);
    });
    try {
      return await Promise.race([this.#next(is), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #next<Is extends Reply['is']>(is: Is): Promise<Answer<Is>> {
    for (;;) {
      const { value, done } = await this.#replies.next();
      if (done) throw new UnableError(`ended without an answer: ${this.#complaint}`);
      if (!value.startsWith('{"is"')) continue;
      const reply = JSON.parse(value) as Reply;
      if (reply.is === 'unable') throw new UnableError(reply.reason);
      if (reply.is !== is) throw new Error(`${reply.is} in answer to a request for ${is}`);
      return reply as Answer<Is>;
    }
  }
}
