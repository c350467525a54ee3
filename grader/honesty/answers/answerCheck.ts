import type { Assignment } from '../../model/assignment.ts';
import { handoutFiles } from '../../release/handoutFiles.ts';
import type { Files } from '../../release/packFolder.ts';
import type { Check } from '../Check.ts';
import { hasQuestions, questionsOf, searchAnswers } from './searchAnswers.ts';

/** What students are asked for is not among what they are given. */
export const answerCheck = (root: string, assignment: Assignment): Check => ({
  group: 'handout',
  name: 'nothing in it computes what is asked for, except what is given on purpose',
  run: () => givenAnswers(root, assignment, handoutFiles(root, assignment)),
});

/**
 * The answers that a handout gives away, and reasons in the questions that nothing needs.
 *
 * @param files - of the handout
 */
export async function givenAnswers(root: string, assignment: Assignment, files: Files): Promise<string[]> {
  const questions = questionsOf(assignment);
  if (!hasQuestions(assignment)) return [`${questions} is missing: it states what nothing in the handout may compute`];
  const { found, onPurpose } = await searchAnswers(root, assignment, files);
  return [
    ...found.filter((answer) => !onPurpose.includes(answer)).map((answer) => `it computes an answer: ${answer}`),
    ...onPurpose
      .filter((answer) => !found.includes(answer))
      .map((answer) => `nothing computes ${answer}, which is in onPurpose of ${questions}`),
  ];
}
