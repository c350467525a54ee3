import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Person } from '../gradebook/store/people.ts';
import { namesOf } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import { renderGradescope, renderGradescopeRefusal } from '../platforms/gradescope/renderGradescope.ts';
import { countingWork } from './countingWork.ts';

/** What Gradescope shows the students of one submission. */
export interface GradescopeResults {
  readonly students: readonly Person[];
  /** Gradescope's name of the submission, like `submission_11`, if its download named it. */
  readonly submission: string | undefined;
  /** The text of `results.json`; undefined if the work has not been graded yet. */
  readonly text: string | undefined;
}

/** The results of everyone who handed in, one submission at a time. */
export async function* gradescopeResultsOf(
  book: CourseGradebook,
  assignment: Assignment,
): AsyncGenerator<GradescopeResults> {
  for await (const { students, report, counting } of countingWork(book, assignment)) {
    const refusal = { assignment, submission: namesOf({ students }), message: counting.reason };
    yield {
      students,
      submission: /^submission_\d+$/u.test(counting.source) ? counting.source : undefined,
      text: report
        ? renderGradescope(report)
        : counting.state === 'ungradable'
          ? renderGradescopeRefusal(refusal)
          : undefined,
    };
  }
}
