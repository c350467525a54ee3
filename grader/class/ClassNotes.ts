import { count } from '../report/text/numbers.ts';
import { someOf } from './deadlines.ts';

/** What a person should know of some of the class, a line for each kind: see `LINES`. */
type Kind = keyof typeof LINES;

const LINES = {
  /** The platform marks the work as late, and no time is known. */
  markedLate: (_: number, names: string) =>
    `marked late by the download, which does not say when, and treated as in time: ${names}; write when in handedIn of --deadlines, or in --handed-in`,
  timeless: (_: number, names: string) => `treated as in time, because the hand-in time is unknown: ${names}`,
  /** A person gave one time, and the download has several attempts. */
  oneTime: (_: number, names: string) => `the hand-in time that was given is taken for all attempts of ${names}`,
  /** The grader or the machine failed with an earlier attempt. */
  failedEarlier: (_: number, names: string) =>
    `the grader or the machine failed with earlier attempts of ${names}; run the same command again`,
  /** The same work was handed in again. */
  unchanged: (_: number, names: string) =>
    `handed in again without a change, and counted from the first time: ${names}`,
  /** The attempt that counts is not in this download. */
  countingElsewhere: (_: number, names: string) =>
    `an attempt of an earlier download counts, and is not on the class’s page: ${names}; grade gradebook shows it`,
  /** The published result has fewer criteria than the one that waits. */
  waiting: (size: number, names: string, assignment: string) =>
    `${count(size, 'published result')} of fewer criteria still ${size === 1 ? 'counts' : 'count'}: ${names}; grade publish ${assignment} publishes the new ones, grade regrade ${assignment} shows the difference`,
  /** The result was decided on, though grading anew might give another. */
  held: (size: number, _: string, assignment: string) =>
    `${size} of the class keep a published result; grade regrade ${assignment} shows what grading them anew gives`,
};

/** Collects the names of which there is something to say when a class has been graded. */
export class ClassNotes {
  readonly #assignment: string;
  readonly #names = new Map<Kind, Set<string>>();

  constructor(assignment: string) {
    this.#assignment = assignment;
  }

  add(kind: Kind, name: string): void {
    this.#names.set(kind, (this.#names.get(kind) ?? new Set()).add(name));
  }

  lines(): string[] {
    return (Object.keys(LINES) as Kind[]).flatMap((kind) => {
      const names = [...(this.#names.get(kind) ?? [])].sort();
      return names.length === 0 ? [] : [LINES[kind](names.length, someOf(names), this.#assignment)];
    });
  }
}
