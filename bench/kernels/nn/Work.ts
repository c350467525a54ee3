/** A case prepared on one member of a team; all members make the same calls in the same order. */
export interface Work {
  /** Once; returns when all members are done. */
  compute(): void;
  /** As the protocol defines it. */
  digest(): number;
}
