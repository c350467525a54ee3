/** What grading anew would change, before anything is changed. */
export interface Proposal {
  readonly assignment: { readonly id: string; readonly title: string };
  /** Number of attempts that were looked at. */
  readonly attempts: number;
  /** Those of which something would change. */
  readonly items: readonly ProposalItem[];
}

export interface ProposalItem {
  readonly students: string;
  /** The gradebook's key of these students: others may have the same names. */
  readonly team: string;
  /** What was handed in, if several attempts of the students were looked at; otherwise empty. */
  readonly attempt: string;
  /** The score of the students, which may be that of another attempt. */
  readonly counting: { readonly before: number | undefined; readonly after: number | undefined };
  /** What counts, with what people gave and the late policy; undefined while there is no score. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Why there would be no score; empty if there is one. */
  readonly reason: string;
  /** What differs from the earlier grading. */
  readonly because: readonly Because[];
  readonly criteria: readonly { readonly id: string; readonly before: string; readonly after: string }[];
}

export type Because =
  'more criteria' | 'assignment' | 'grader' | 'seed' | 'machine' | 'isolation' | 'measured again' | 'not graded before';
