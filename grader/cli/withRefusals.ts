import { UngradableError } from '../model/errors.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { saveRefusal } from '../platforms/saveFormats.ts';

/**
 * Runs the work of a grading. If the submission turns out to be ungradable, writes a result for the platforms that wait
 * for one before the error is rethrown.
 */
export async function withRefusals(
  wanted: readonly WantedFormat[],
  about: Omit<Refusal, 'message'>,
  folder: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UngradableError) await saveRefusal(wanted, { ...about, message: error.message }, folder);
    throw error;
  }
}
