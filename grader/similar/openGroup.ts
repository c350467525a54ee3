import { type ClassSource } from '../class/ClassItem.ts';
import { handInsOf } from '../class/handInsOf.ts';
import { openClass } from '../class/openClass.ts';
import { readListing, readSubmission, wantedBy } from '../intake/readSubmission.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';

/** A work that is compared, read each time that its texts are needed. */
export interface Member {
  readonly name: string;
  /** @throws UngradableError if nothing of it can be read */
  read(signal: AbortSignal): Promise<Submission>;
}

/** A class, or a single solution. */
export interface Group {
  readonly name: string;
  readonly members: readonly Member[];
  close(): void;
}

/**
 * Opens a class as `grade class` does.
 *
 * @throws UsageError if it is none
 */
export async function openGroup(path: string, assignment: Assignment): Promise<Group> {
  const source = await openClass(path, wantedBy(assignment));
  try {
    return await groupOf(source, path, assignment);
  } catch (error) {
    source.close();
    throw error;
  }
}

/**
 * Opens an earlier class, or a single solution.
 *
 * @throws UsageError if it is neither
 */
export async function openCorpus(path: string, assignment: Assignment): Promise<Group> {
  try {
    return await openGroup(path, assignment);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const submission = await readSubmission(path, assignment).catch(() => undefined);
    if (!submission) throw error;
    const { name } = submission;
    return { name, members: [{ name, read: async () => submission }], close: () => {} };
  }
}

const groupOf = async (source: ClassSource, path: string, assignment: Assignment): Promise<Group> => ({
  name: source.name,
  members: (await handInsOf(source, path, assignment)).map((handIn) => ({
    name: handIn.name,
    read: async (signal) => readListing(await handIn.list(signal), handIn.name, handIn.source, assignment),
  })),
  close: () => source.close(),
});
