/** A case prepared on one member of a team; all members call the same, one after the other. */
export interface Work {
  /** Once; returns when all members are done. */
  compute(): void;
  /** As the protocol asks for it. */
  digest(): number;
}
