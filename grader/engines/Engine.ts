import type { ScoreReport } from '../model/report.ts';
import type { Order } from './Job.ts';

/**
 * What a job came to. `failed` says nothing about the submission: the machine or the grader failed, or the command is
 * wrong. If only some criteria are concerned, `partial` has the others; it is what is left if no other try succeeds.
 */
export type Made =
  | { readonly type: 'graded'; readonly report: ScoreReport }
  | { readonly type: 'ungradable'; readonly message: string }
  | { readonly type: 'failed'; readonly error: Error; readonly partial?: ScoreReport };

/** A result on its way to the gradebook. */
export interface Delivery {
  readonly key: string;
  readonly made: Made;
  /** Says that it is recorded: until then the engine keeps it, and delivers it again to the next who submits the job. */
  acknowledge(): Promise<void>;
}

/** Whether gradings measure times, which needs a machine that does nothing else. */
export const PASSES = ['untimed', 'timed'] as const;
export type Pass = (typeof PASSES)[number];

/**
 * What makes many gradings: this process, workers behind a queue, a batch system. It makes each job at least once, and
 * recording a result twice is the same as once.
 *
 * @example
 *   await engine.submit([{ job, files }]);
 *   for await (const { key, made, acknowledge } of engine.results()) …
 */
export interface Engine {
  /** How many gradings of a pass should be under way, so that nothing that could grade is idle. */
  width(pass: Pass): number | Promise<number>;
  /** Takes jobs. One that it has already is not made twice. */
  submit(orders: readonly Order[]): Promise<void>;
  /**
   * What was submitted and is done, in any order. Ends when the engine is closed.
   *
   * @throws MachineFault if the engine is lost
   */
  results(): AsyncIterable<Delivery>;
  close(): Promise<void>;
}
