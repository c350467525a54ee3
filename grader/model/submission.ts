/** A submission after intake: the deliverables' bytes and nothing else. */
export interface Submission {
  /** The name that the user gave it: the last part of the given path. */
  readonly name: string;
  /** SHA-256 over paths and contents: the submission's part of a grading's key. */
  readonly digest: string;
  /** Texts by path, of what can be read; binary ones in base64. */
  readonly files: ReadonlyMap<string, string>;
  /** Optional deliverables that are missing or cannot be read. */
  readonly absent: readonly string[];
  /** Why deliverables that are not optional cannot be read, by path: they are missing, too large, not text. */
  readonly unusable: ReadonlyMap<string, string>;
  /** Files that were present and ignored. */
  readonly ignored: readonly string[];
  /** In sentences, which file intake took for which deliverable, and which files of models it did not take. */
  readonly assumed: readonly string[];
}
