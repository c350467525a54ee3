import { chooseGemm } from '../backends/chooseGemm.ts';
import { teamSize } from './teamSize.ts';
import { type ParallelWork, ThreadTeam } from './ThreadTeam.ts';

/** The environment variables of a run. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A team as the environment asks: `OMP_NUM_THREADS` members, `gemm` as `IM2GRADE_GEMM` says.
 *
 * Without `OMP_NUM_THREADS` it is one member: code that is not parallel yet goes wrong on several.
 *
 * @throws TeamSizeError, GemmChoiceError
 */
export const teamOfEnvironment = (environment: Environment): ThreadTeam =>
  new ThreadTeam(teamSize(environment['OMP_NUM_THREADS'], 1), chooseGemm(environment['IM2GRADE_GEMM']));

/**
 * One parallel region of a program: all members run the function that `module` exports as `work`.
 *
 * @param module - `import.meta.url` of the module that exports it
 */
export async function runInParallel<Given>(
  work: ParallelWork<Given>,
  module: string,
  given: Given,
  environment: Environment,
): Promise<void> {
  const team = teamOfEnvironment(environment);
  try {
    team.run(work, module, given);
  } finally {
    await team.close();
  }
}
