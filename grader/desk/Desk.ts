import type { Regrading } from '../course/regrade.ts';
import type { Diagnosis } from '../doctor/Diagnosis.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Assignment } from '../model/assignment.ts';

/** What the pages are made from. What runs submissions or programs comes from the command that opens the desk. */
export interface Desk {
  /** The repository's folder. */
  readonly root: string;
  readonly book: CourseGradebook;
  /** Nothing can be changed. */
  readonly isReadOnly: boolean;
  /**
   * Grades an assignment anew, and changes nothing that counts.
   *
   * @param began - called before each attempt with its number, from 1
   */
  readonly regrade: (
    assignment: Assignment,
    began: (number: number, of: number) => unknown,
    signal: AbortSignal,
  ) => Promise<Regrading>;
  readonly diagnose: () => Promise<Pick<Diagnosis, 'tier' | 'checks'>>;
  /** Undefined if the command names no queue. */
  readonly queue: DeskQueue | undefined;
}

/** A queue of gradings, as far as a desk shows it. */
export interface DeskQueue {
  readonly shown: string;
  /** Those who grade for it; undefined if it does not answer. */
  readonly workers: () => Promise<readonly DeskWorker[] | undefined>;
}

/** A worker of a queue, in words. */
export interface DeskWorker {
  readonly place: string;
  readonly assignment: string;
  readonly counts: string;
  readonly versions: string;
  readonly machine: string;
}
