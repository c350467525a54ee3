import { type Call, type CallResult, type Party, type Session, SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { examination } from './examination.ts';

/** After so many hangs, crashes and broken frames the rest is not run: each costs a whole deadline. */
const MAX_RESTARTS = 3;

/** Faults after which the process is gone. */
const FATAL = new Set(['timed-out', 'crashed', 'out-of-memory', 'protocol']);

/** By name: faults are made outside the test's realm. */
export const isSubmissionFault = (error: unknown): error is SubmissionFault => (error as Error | undefined)?.name === 'SubmissionFault';

export const isFatal = (error: unknown): error is SubmissionFault => isSubmissionFault(error) && FATAL.has(error.kind);

/** One party's code behind whatever processes it takes: a fresh one is started when the last one died. */
export class Examinee {
  readonly party: Party;
  #session: Promise<Session> | undefined;
  #restartsLeft = MAX_RESTARTS;
  #lastFault: SubmissionFault | undefined;

  constructor(party: Party) {
    this.party = party;
  }

  /** @throws SubmissionFault when the code does not answer as it should */
  async call(call: Call): Promise<CallResult> {
    if (this.#restartsLeft === 0) {
      throw new SubmissionFault(this.#lastFault!.kind, `not run: the submission ended its process ${MAX_RESTARTS} times before (${this.#lastFault!.message})`);
    }
    this.#session ??= examination().open(this.party);
    try {
      return await (await this.#session).call(call);
    } catch (error) {
      if (isFatal(error)) {
        this.#session = undefined;
        this.#lastFault = error;
        this.#restartsLeft--;
      }
      throw error;
    }
  }

  /** Ends the process; the next call starts a fresh one. */
  async restart(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.then((running) => running.close());
  }
}

const examinees = new Map<string, Examinee>();

/** The one examinee of a party: its processes and its restart budget are shared by all criteria. */
export function examineeOf(party: Party): Examinee {
  const key = JSON.stringify(party);
  const known = examinees.get(key) ?? new Examinee(party);
  examinees.set(key, known);
  return known;
}
