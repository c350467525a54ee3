import { withSuiteRunners } from '../examine/SuiteRunners.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoreReport } from '../model/report.ts';
import { readMutants } from './keptMutants.ts';
import { mutatedFiles } from './mutatedFiles.ts';
import { OwnExaminer } from './OwnExaminer.ts';

interface PreviewOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly sandbox: Sandbox;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/**
 * The report of a mutant, as of a student's submission.
 *
 * @throws UsageError if there is no mutant of that name
 */
export async function previewMutant(options: PreviewOptions, name: string): Promise<ScoreReport> {
  const { id, folders } = options.assignment;
  const mutants = readMutants(folders.tests);
  const mutant = mutants.find((one) => one.name === name);
  if (!mutant) {
    const names = mutants.map((one) => one.name).join(', ');
    throw new UsageError(`tests/${id}/mutants has no ${name}.yaml; it has ${names === '' ? 'none' : names}`);
  }
  const files = mutatedFiles(options.assignment, mutant);
  return withSuiteRunners(async (suiteRunners) => {
    const examiner = new OwnExaminer({ ...options, suiteRunners });
    try {
      return await examiner.grade(name, files, []);
    } finally {
      await examiner.close();
    }
  });
}
