import type { Untold } from '../gradebook/store/published.ts';
import { some } from '../platforms/pendingNotes.ts';
import { points } from '../report/text/numbers.ts';

/** A line about published scores after which another one counts, if there are any: nothing that students know changes silently. */
export const untoldNotes = (untold: readonly Untold[], assignment: string): string[] =>
  untold.length === 0
    ? []
    : [
        `published before, and now another score: ${some(untold.map(lineOf))}; grade publish ${assignment} records that the students know it`,
      ];

const lineOf = ({ student, published, score }: Untold): string =>
  `${student.name} ${points(published)} → ${score === undefined ? 'none' : points(score)}`;
