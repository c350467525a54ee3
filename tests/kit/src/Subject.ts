import {
  type Call,
  type CallResult,
  type Implementation,
  type Session,
  SubmissionFault,
} from '@im2grade/grader/model/examination.ts';
import type { Domain } from './Domain.ts';
import { examination } from './examination.ts';
import { SampleCalls } from './SampleCalls.ts';
import { spend } from './spending.ts';

/**
 * After this many hangs, crashes and broken frames in one function it is not called again: each costs a whole deadline.
 */
const MAX_DEATHS = 3;

/**
 * The own time of all calls of one function, apart from those that are timed or have a deadline of their own. It is several
 * times what plain loops need, and half as much again as what Strassen's products took on a core whose threads eight
 * processes shared. Calls that are each held just below their deadline would otherwise take hours.
 */
const FUNCTION_SECONDS = 60;

/** Faults after which the process has ended. */
const FATAL = new Set(['timed-out', 'crashed', 'out-of-memory', 'protocol']);

/**
 * By name: faults are made outside the test's realm.
 *
 * @example
 * ```ts
 * try {
 *   await submission.call(call);
 * } catch (error) {
 *   if (!isSubmissionFault(error)) throw error;
 *   console.log(error.kind); // 'not-implemented', 'threw', 'timed-out', …
 * }
 * ```
 */
export const isSubmissionFault = (error: unknown): error is SubmissionFault =>
  (error as Error | undefined)?.name === 'SubmissionFault';

export const isFatal = (error: unknown): error is SubmissionFault => isSubmissionFault(error) && FATAL.has(error.kind);

/**
 * Whether a submission answers a call. What it does not answer is charged once, by the criterion that examines just that.
 *
 * @example
 * ```ts
 * if (!(await doesAnswer(submission, calls.up(x, weights, bias)))) return;
 * ```
 */
export async function doesAnswer(submission: Subject, call: Call): Promise<boolean> {
  try {
    await submission.call(call);
    return true;
  } catch (error) {
    if (!isSubmissionFault(error)) throw error;
    return false;
  }
}

let submissionSeconds = 0;

/** Seconds that submissions' calls have taken so far, without waiting for a busy machine. */
export const secondsOfSubmissions = (): number => submissionSeconds;

/** What the calls of a function have come to. */
interface Past {
  /** Faults that ended a process. */
  readonly deaths: readonly SubmissionFault[];
  readonly seconds: number;
}

const NO_PAST: Past = { deaths: [], seconds: 0 };
/** By the function that was called. */
type Pasts = Map<string, Past>;

/**
 * One implementation's code, independent of its processes: a fresh one is started when the last one has ended.
 *
 * @example
 * ```ts
 * const x = Float64Array.of(-1, 2);
 * const { outputs } = await submission.call({
 *   name: 'relu',
 *   options: {},
 *   inputs: [x],
 *   outputs: [{ dtype: 'float64', length: x.length, fill: 'garbage' }],
 * });
 * ```
 */
export class Subject {
  readonly implementation: Implementation;
  readonly samples = new SampleCalls();
  #session: Promise<Session> | undefined;
  /** True if its results are known to be wrong: it is timed all the same, and not judged. */
  readonly isKnownWrong: boolean;
  readonly #pasts: Pasts;

  /** @param pasts - shared by subjects that run the same code */
  constructor(
    implementation: Implementation,
    { pasts = new Map(), isKnownWrong = false }: { readonly pasts?: Pasts; readonly isKnownWrong?: boolean } = {},
  ) {
    this.implementation = implementation;
    this.isKnownWrong = isKnownWrong;
    this.#pasts = pasts;
  }

  /**
   * @throws SubmissionFault if the submission does not answer as it should; an ordinary error if our own code does not,
   *   which is a fault of the grader or the machine
   */
  async call(call: Call): Promise<CallResult> {
    const { deaths, seconds } = this.#pastOf(call);
    if (deaths.length >= MAX_DEATHS) {
      throw new SubmissionFault(
        deaths[0].kind,
        // Without quoting the submission: its messages may be about inputs of the other domain.
        `not called again: ${call.name} has ended its process ${deaths.length} times (${deaths[0].kind})`,
      );
    }
    if (this.#isBudgeted(call) && seconds > FUNCTION_SECONDS)
      throw new SubmissionFault('timed-out', `not called again: ${call.name} has taken ${FUNCTION_SECONDS} s in all`);
    try {
      return await this.#callOrRetry(call);
    } catch (error) {
      if (this.implementation.of !== 'submission' && isSubmissionFault(error))
        throw new Error(`the ${this.implementation.of} did not answer: ${error.message}`, { cause: error });
      if (isFatal(error)) this.#pasts.set(call.name, { deaths: [...deaths, error], seconds });
      throw error;
    }
  }

  /** A fault that the machine may have caused is tried once more, in a fresh process. */
  async #callOrRetry(call: Call): Promise<CallResult> {
    try {
      return await this.#callOnce(call);
    } catch (error) {
      if (!isFatal(error) || error.isCertain) throw error;
      return this.#callOnce(call);
    }
  }

  #pastOf({ name }: Call): Past {
    return this.#pasts.get(name) ?? NO_PAST;
  }

  #isBudgeted({ isTimed, deadlineSeconds }: Call): boolean {
    return this.implementation.of === 'submission' && !isTimed && deadlineSeconds === undefined;
  }

  async #callOnce(call: Call): Promise<CallResult> {
    const { of } = this.implementation;
    const [isStart, startedAt] = [this.#session === undefined, performance.now()];
    this.#session ??= examination().open(this.implementation);
    try {
      const session = await this.#session;
      const calledAt = performance.now();
      if (isStart) spend('starts', (calledAt - startedAt) / 1000);
      const result = await session.call(call);
      spend(of, result.seconds);
      spend('transfer', (performance.now() - calledAt) / 1000 - result.seconds);
      this.samples.see(call);
      if (of === 'submission') submissionSeconds += result.ownSeconds;
      if (this.#isBudgeted(call)) {
        const { deaths, seconds } = this.#pastOf(call);
        this.#pasts.set(call.name, { deaths, seconds: seconds + result.ownSeconds });
      }
      return result;
    } catch (error) {
      // Whatever ended it: after a fault of the machine a fresh process is better, too.
      if (!isSubmissionFault(error) || isFatal(error)) this.#session = undefined;
      throw error;
    }
  }

  /** Starts its process if it has none. A failure shows in the first call, which tries again. */
  async start(): Promise<void> {
    this.#session ??= examination().open(this.implementation);
    await this.#session.catch(() => (this.#session = undefined));
  }

  /** Runs `work` on a process of its own, and leaves the present one as it is. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    const present = this.#session;
    this.#session = undefined;
    try {
      return await work();
    } finally {
      await this.restart();
      this.#session = present;
    }
  }

  /** Ends the process; the next call starts a fresh one. */
  async restart(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.then((running) => running.close());
  }
}

/** Starts the processes that are missing: together they are ready sooner than one after another. */
export async function startTogether(subjects: readonly Subject[]): Promise<void> {
  const startedAt = performance.now();
  await Promise.all(subjects.map((subject) => subject.start()));
  spend('starts', (performance.now() - startedAt) / 1000);
}

/** Runs `work` on processes in which no function of a submission has been called before. */
export function onFreshSubmissions<T>(work: () => Promise<T>): Promise<T> {
  const submissions = [...subjects.values()].filter(({ implementation }) => implementation.of === 'submission');
  return submissions.reduce((inner, subject) => () => subject.aside(inner), work)();
}

const subjects = new Map<string, Subject>();
const pastsOf = new Map<string, Pasts>();

/**
 * The one subject of an implementation in a domain: all criteria share its process and its faults. A process that is
 * called on public inputs never meets a hidden one, so that nothing it says can reveal one.
 */
export function subjectOf(implementation: Implementation, domain: Domain): Subject {
  const code = JSON.stringify(implementation);
  const pasts = pastsOf.get(code) ?? new Map();
  pastsOf.set(code, pasts);
  const key = `${domain} ${code}`;
  const known = subjects.get(key) ?? new Subject(implementation, { pasts });
  subjects.set(key, known);
  return known;
}
