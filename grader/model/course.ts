import type { Student } from './student.ts';

/** An assignment as a column of a course's gradebook. */
export interface CourseColumn {
  readonly id: string;
  readonly title: string;
  /** Its share of the total; 0 for all if points are simply added up. */
  readonly weight: number;
  readonly counts: string;
  /** The most that anybody can have. */
  readonly outOf: number;
}

/** What a student has for one assignment. */
export interface CourseStanding {
  readonly assignment: string;
  readonly state: 'graded' | 'ungradable' | 'pending' | 'nothing handed in';
  /** Why there is no score; empty if there is one. */
  readonly reason: string;
  /** Undefined while there is no score. */
  readonly score: number | undefined;
  readonly outOf: number;
  readonly pending: number;
  readonly isLate: boolean;
  readonly attempts: number;
  /** The score that was published last, if any. */
  readonly published: number | undefined;
}

/** A student of a course. */
export interface CourseRow {
  readonly student: Student & { readonly id: string };
  /** As a roster has them; empty if none says. */
  readonly section: string;
  readonly team: string;
  readonly standings: readonly CourseStanding[];
  /** Points, or percent if the assignments have weights. */
  readonly total: number;
}

export interface CourseHead {
  readonly columns: readonly CourseColumn[];
  /** True if totals are in percent. */
  readonly isWeighted: boolean;
  /** True if a roster has said who is in which section. */
  readonly hasSections: boolean;
}
