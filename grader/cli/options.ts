import { chooseGemm, GemmChoiceError, type GemmKind } from '@im2grade/engine/run';
import { ISOLATION_CHOICES } from '../isolation/sandboxFor.ts';
import { UsageError } from '../model/errors.ts';

/** Exit status of a shell command that was interrupted. */
export const INTERRUPTED = 130;

/** Which assignment, and which of its criteria. */
export const SELECTION_OPTIONS = {
  assignment: { alias: 'a', type: 'string', describe: 'Which assignment, where the deliverables do not tell' },
  only: {
    type: 'string',
    array: true,
    default: [] as string[],
    describe: 'A criterion, a group of them (im2mat) or a kind (correctness)',
  },
} as const;

/** Forms beside the report's own two. */
export const REPORT_OPTION = {
  type: 'string',
  default: [] as string[],
  coerce: (formats: string | string[]) => [formats].flat(),
  describe: 'Another form to save, FORMAT or FORMAT=FILE: junit, gradescope, … (see export --help)',
} as const;

/** How far student code is shut away. */
export const ISOLATION_OPTION = {
  choices: ISOLATION_CHOICES,
  default: 'auto' as const,
  describe: 'strict refuses a machine that offers less; grade doctor says what this one offers',
};

/** @throws UsageError when a seed is not one */
export function checkSeed(seed: number | undefined): void {
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31))
    throw new UsageError(`--seed ${seed}: must be an integer from 0 to ${2 ** 31 - 1}`);
}

/** @throws UsageError when a number that counts something is not a whole number of at least 1 */
export function checkCount(option: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= 1))
    throw new UsageError(`--${option} ${value}: must be a whole number of at least 1`);
}

/** @throws UsageError when `IM2GRADE_GEMM` names what there is not */
export function chosenGemm(): GemmKind {
  try {
    return chooseGemm(process.env['IM2GRADE_GEMM']);
  } catch (error) {
    if (error instanceof GemmChoiceError) throw new UsageError(error.message);
    throw error;
  }
}

/** A signal that Ctrl-C, or a polite request to end, gives. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
