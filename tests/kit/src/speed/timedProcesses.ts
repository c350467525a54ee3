import type { Implementation } from '@im2grade/grader/model/examination.ts';
import type { SpeedSamples } from './speedScale.ts';
import { Subject } from '../Subject.ts';

/** The implementations that are timed in turn. */
export type TimedName = keyof SpeedSamples;
/** A process for each of them. */
export type TimedProcesses = Readonly<Record<TimedName, Subject>>;

const shared = new Map<string, Subject>();

/** The processes of this number, in which every criterion of the suites times its operation: a start takes longer than most measurements. */
export const sharedProcesses = (submission: Implementation, number: number): TimedProcesses =>
  processesBy((implementation) => {
    const key = `${number} ${JSON.stringify(implementation)}`;
    const known = shared.get(key) ?? new Subject(implementation);
    shared.set(key, known);
    return known;
  }, submission);

/** Processes in which nothing was called before. */
export const freshProcesses = (submission: Implementation): TimedProcesses =>
  processesBy((implementation) => new Subject(implementation), submission);

const processesBy = (subjectOf: (implementation: Implementation) => Subject, submission: Implementation) => ({
  submission: subjectOf(submission),
  reference: subjectOf({ of: 'reference' }),
  naive: subjectOf({ of: 'naive' }),
});
