import type { Regraded, Regrading } from '../../course/regrade.ts';
import { machineFaultOf, UsageError } from '../../model/errors.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { Desk } from '../Desk.ts';

/** A regrading of an assignment that runs beside the pages, and the proposal that it came to. */
export class RegradingJob {
  #state: 'idle' | 'running' | 'proposed' = 'idle';
  #progress = '';
  #problem = '';
  #proposed: Regrading | undefined;
  #decided = 0;
  #stopped: AbortController | undefined;

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** `3 of 40`. */
  get progress(): string {
    return this.#progress;
  }

  /** Why there is no proposal; empty if there is no problem. */
  get problem(): string {
    return this.#problem;
  }

  get proposed(): Regrading | undefined {
    return this.#proposed;
  }

  /** The number of attempts that were in the proposal and are decided on. */
  get decided(): number {
    return this.#decided;
  }

  /** Begins to grade anew, unless it runs already. */
  start({ regrade }: Pick<Desk, 'regrade'>, assignment: Assignment): void {
    if (this.isRunning) return;
    [this.#state, this.#progress, this.#problem, this.#proposed] = ['running', 'examining the work', '', undefined];
    this.#decided = 0;
    const stopped = (this.#stopped = new AbortController());
    const began = (number: number, of: number) => void (this.#progress = `${number} of ${of}`);
    regrade(assignment, began, stopped.signal).then(
      (proposed) => {
        this.#proposed = stopped.signal.aborted ? undefined : proposed;
        this.#state = 'proposed';
      },
      (error: unknown) => {
        this.#state = 'idle';
        this.#problem = stopped.signal.aborted ? '' : problemOf(error);
      },
    );
  }

  stop(): void {
    this.#stopped?.abort();
  }

  /** Takes what was decided on out of the proposal. */
  settle(decided: readonly Regraded[]): void {
    if (!this.#proposed) return;
    const { changed, attempts } = this.#proposed;
    const left = changed.filter((each) => !decided.includes(each));
    const settled = changed.length - left.length;
    this.#decided += settled;
    this.#proposed = { ...this.#proposed, changed: left, attempts: attempts - settled };
  }
}

function problemOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const fault = machineFaultOf(error);
  if (fault) return fault.message;
  process.stderr.write(`grade: regrading failed: ${(error as Error).stack}\n`);
  return 'The grader itself failed; the terminal in which the desk runs says more.';
}
