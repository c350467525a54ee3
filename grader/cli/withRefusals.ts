import { UngradableError } from '../model/errors.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { putAwayEarlier, saveRefusal } from '../platforms/saveFormats.ts';

/**
 * Runs the work of a grading. If the submission turns out to be ungradable, writes a result for the platforms that wait
 * for one before the error is rethrown, and puts an earlier report away.
 *
 * @param isOwn - false if the folder belongs to another submission, and must be left unchanged
 */
export async function withRefusals(
  wanted: readonly WantedFormat[],
  about: Omit<Refusal, 'message'>,
  folder: string,
  isOwn: boolean,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UngradableError) {
      const named = wanted.filter(({ path }) => isOwn || path !== undefined);
      if (isOwn) await putAwayEarlier(folder, undefined);
      await saveRefusal(named, { ...about, message: error.message }, folder);
    }
    throw error;
  }
}
