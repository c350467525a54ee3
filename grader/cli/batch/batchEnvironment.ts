import { COURSE_VARIABLE } from '../../assignments/courseFolder.ts';

/** On these variables depends what a job is, and on which machine it can be made. */
const NAMES = ['IM2GRADE_GEMM', COURSE_VARIABLE];

/** The variables with which jobs are written: their tasks, and the command that collects them, need the same. */
export const batchEnvironment = (): Record<string, string> =>
  Object.fromEntries(NAMES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

/** Sets the variables as they were when the jobs were written. */
export function restoreEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const name of NAMES) {
    if (environment[name] === undefined) delete process.env[name];
    else process.env[name] = environment[name];
  }
}
