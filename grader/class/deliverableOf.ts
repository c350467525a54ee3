import { baseName, mayBe } from '../intake/plainNames.ts';
import { wantedBy } from '../intake/readSubmission.ts';
import type { Assignment } from '../model/assignment.ts';

/** The deliverable that a file is by its name, or may be; undefined if it is none. */
export function deliverableOf(file: string, assignment: Assignment): string | undefined {
  const name = baseName(file);
  const wanted = [...wantedBy(assignment)];
  return wanted.find((path) => baseName(path) === name) ?? wanted.find((path) => mayBe(name, path));
}
