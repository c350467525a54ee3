import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { answerCheck } from './answers/answerCheck.ts';
import type { Check, Examiner } from './Check.ts';
import { endChecks } from './endChecks.ts';
import { handoutChecks } from './handoutChecks.ts';
import { publicExamples } from './publicExamples.ts';
import { solutionChecks } from './solutionChecks.ts';
import { suiteChecks } from './suiteChecks.ts';
import { typeChecks } from './typeChecks.ts';

/**
 * Everything that keeps an assignment honest, the cheapest first.
 *
 * @param root - the repository's folder
 * @param sandbox - of the type checker
 * @param isQuick - without speed, accuracy and other seeds, and with one mutant for each criterion
 */
export const honestyChecks = (
  root: string,
  assignment: Assignment,
  examiner: Examiner,
  { sandbox, isQuick }: { readonly sandbox: Sandbox; readonly isQuick: boolean },
): Check[] => [
  ...suiteChecks(assignment),
  ...handoutChecks(root, assignment),
  answerCheck(root, assignment),
  ...typeChecks(root, assignment, sandbox),
  ...examinations(assignment, examiner, isQuick),
  publicExamples(root, assignment),
];

/** The checks that run the suites. */
export const examinations = (assignment: Assignment, examiner: Examiner, isQuick = false): Check[] => [
  ...endChecks(assignment, examiner, isQuick),
  ...solutionChecks(assignment, examiner, isQuick),
];
