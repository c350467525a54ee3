import { chooseGemm, GemmChoiceError, type GemmKind } from '@im2grade/engine/run';
import { ISOLATION_CHOICES } from '../isolation/sandboxFor.ts';
import { decimal } from '../common/decimal.ts';
import { UsageError } from '../model/errors.ts';

/** Exit status of a shell command that was interrupted. */
export const INTERRUPTED = 130;

/** Which assignment, and which of its criteria. */
export const SELECTION_OPTIONS = {
  assignment: { alias: 'a', type: 'string', describe: 'Which assignment, if the deliverables fit several' },
  only: {
    type: 'string',
    array: true,
    describe: 'A criterion, a group of them (im2mat) or a kind (correctness); the full report is left unchanged',
  },
} as const;

/** Formats in addition to the report's own two. */
export const REPORT_OPTION = {
  type: 'string',
  default: [] as string[],
  coerce: (formats: string | string[]) => [formats].flat(),
  describe: 'Another format to save, FORMAT or FORMAT=FILE: junit, gradescope, … (see export --help)',
} as const;

/** How strictly student code is isolated. */
export const ISOLATION_OPTION = {
  choices: ISOLATION_CHOICES,
  default: 'auto' as const,
  describe: 'strict refuses a machine that offers less; grade doctor shows what this one offers',
};

/**
 * The selected criteria; empty when all are graded.
 *
 * @throws UsageError if the option has no value
 */
export function chosenCriteria(only: readonly string[] | undefined): readonly string[] {
  if (only === undefined) return [];
  if (only.length > 0 && only.every((word) => word.trim() !== '')) return only;
  throw new UsageError('--only: name a criterion, a group of criteria or a kind, like im2mat or correctness');
}

const WHOLE_NUMBER = /^\d+$/u;

/** @throws UsageError if it is not a seed */
export function chosenSeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (WHOLE_NUMBER.test(text) && Number(text) < 2 ** 31) return Number(text);
  throw new UsageError(`--seed ${shownValue(text)}: must be an integer from 0 to ${2 ** 31 - 1}`);
}

const MOST_COUNT = 1_000_000;

/** @throws UsageError if it is not a whole number of at least 1 */
export function chosenCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = WHOLE_NUMBER.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_COUNT) return count;
  throw new UsageError(`--${option} ${shownValue(text)}: must be a whole number of at least 1`);
}

/** @throws UsageError if it is not a number of points */
export function chosenPoints(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const points = decimal(text);
  if (!Number.isNaN(points)) return points;
  throw new UsageError(`--${option} ${shownValue(text)}: must be a number of points, like 60 or 12.5`);
}

/** @throws UsageError if it is not a percentage */
export function chosenPercent(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = decimal(text);
  if (percent <= 100) return percent;
  throw new UsageError(`--${option} ${shownValue(text)}: must be a number of percent, like 97`);
}

const shownValue = (text: string): string => (text === '' ? '""' : text);

/** @throws UsageError if `IM2GRADE_GEMM` names an unknown backend */
export function chosenGemm(): GemmKind {
  try {
    return chooseGemm(process.env['IM2GRADE_GEMM']);
  } catch (error) {
    if (error instanceof GemmChoiceError) throw new UsageError(error.message);
    throw error;
  }
}

/** Ctrl-C is often pressed twice, and what starts the command may pass it on, too. */
const REPEATED_MS = 1000;

/**
 * A signal that is aborted by Ctrl-C or a request to terminate (SIGTERM). One that is repeated at once changes nothing; a
 * later one ends the process.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  // It stays in place: while a signal has no listener, even for an instant, it ends the process.
  const listener = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => names.forEach((name) => process.off(name, listener)), REPEATED_MS).unref();
  };
  for (const name of names) process.on(name, listener);
  return controller.signal;
}
