import { UngradableError } from '../model/errors.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { saveRefusal } from '../platforms/saveFormats.ts';

/**
 * Does the work of a grading. Where the submission turns out to be ungradable, the importers that wait for a result are told so
 * before the error goes on its way.
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
