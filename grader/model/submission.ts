/** A submission after intake: the deliverables' bytes and nothing else. */
export interface Submission {
  /** The name that the user gave it: the last part of the given path. */
  readonly name: string;
  /** SHA-256 over paths and contents: the submission's part of a grading's key. */
  readonly digest: string;
  /** Texts by path; binary ones in base64. */
  readonly files: ReadonlyMap<string, string>;
  /** Optional deliverables that are missing. */
  readonly absent: readonly string[];
  /** Files that were present and ignored. */
  readonly ignored: readonly string[];
}
