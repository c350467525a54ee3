import { join } from 'node:path';
import { programDigest } from '../engines/gradingKey.ts';
import type { Assignment } from '../model/assignment.ts';
import { ProofJournal } from '../prove/ProofJournal.ts';

/** The journal of the mutants of an assignment, in the folder of its reports: every `grade prove` continues it. */
export const journalIn = (out: string, root: string, assignment: Assignment, seed: number): ProofJournal =>
  new ProofJournal(join(out, '.journal'), programDigest(root, assignment), seed);
