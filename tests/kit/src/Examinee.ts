import {
  type Call,
  type CallResult,
  type Party,
  type Session,
  SubmissionFault,
} from '@im2grade/grader/model/examination.ts';
import { examination } from './examination.ts';

/** After so many hangs, crashes and broken frames in one function it is not called again: each costs a whole deadline. */
const MAX_DEATHS = 3;

/** Faults after which the process is gone. */
const FATAL = new Set(['timed-out', 'crashed', 'out-of-memory', 'protocol']);

/** By name: faults are made outside the test's realm. */
export const isSubmissionFault = (error: unknown): error is SubmissionFault =>
  (error as Error | undefined)?.name === 'SubmissionFault';

export const isFatal = (error: unknown): error is SubmissionFault => isSubmissionFault(error) && FATAL.has(error.kind);

/** One party's code behind whatever processes it takes: a fresh one is started when the last one died. */
export class Examinee {
  readonly party: Party;
  #session: Promise<Session> | undefined;
  /** Faults that ended the process, by the function that was called. */
  readonly #deaths = new Map<string, SubmissionFault[]>();

  constructor(party: Party) {
    this.party = party;
  }

  /** @throws SubmissionFault when the code does not answer as it should */
  async call(call: Call): Promise<CallResult> {
    const deaths = this.#deaths.get(call.name) ?? [];
    if (deaths.length >= MAX_DEATHS) {
      throw new SubmissionFault(
        deaths[0].kind,
        `not called again: ${call.name} has ended its process ${deaths.length} times (${deaths[0].message})`,
      );
    }
    this.#session ??= examination().open(this.party);
    try {
      return await (await this.#session).call(call);
    } catch (error) {
      if (isFatal(error)) {
        this.#session = undefined;
        this.#deaths.set(call.name, [...deaths, error]);
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

/** The one examinee of a party: its process and what it did are shared by all criteria. */
export function examineeOf(party: Party): Examinee {
  const key = JSON.stringify(party);
  const known = examinees.get(key) ?? new Examinee(party);
  examinees.set(key, known);
  return known;
}
