import type { SupersededScore } from '../gradebook/store/published.ts';
import { some } from './pendingNotes.ts';
import { points } from '../report/text/numbers.ts';

/** A line about published scores after which another one counts, if there are any: nothing that students know changes silently. */
export const supersededNotes = (superseded: readonly SupersededScore[], assignment: string): string[] =>
  superseded.length === 0
    ? []
    : [
        `published before, and now another score: ${some(superseded.map(lineOf))}; grade publish ${assignment} records that the students know it`,
      ];

const lineOf = ({ student, published, score }: SupersededScore): string =>
  `${student.name} ${points(published)} → ${score === undefined ? 'none' : points(score)}`;
