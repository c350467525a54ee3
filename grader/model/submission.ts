/** A submission after intake: the deliverables' bytes and nothing else. */
export interface Submission {
  /** What the user called it: the last part of the given path. */
  readonly name: string;
  /** SHA-256 over paths and contents: the submission's part of a grading's key. */
  readonly digest: string;
  /** Texts by path; base64 of those that are binary. */
  readonly files: ReadonlyMap<string, string>;
  /** Optional deliverables that are not there. */
  readonly absent: readonly string[];
  /** Files that were there and not read. */
  readonly ignored: readonly string[];
}
