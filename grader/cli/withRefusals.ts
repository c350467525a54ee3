import { UngradableError } from '../model/errors.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { putAwayEarlier, saveRefusal } from '../platforms/saveFormats.ts';
import { saveRefusalPage } from '../report/saveRefusalPage.ts';

/**
 * Runs the work of a grading. If the submission turns out to be ungradable, writes a result for the platforms that wait
 * for one before the error is rethrown. An earlier report of the submission is put away, and a page takes its place.
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
      const refusal = { ...about, message: error.message };
      const named = wanted.filter(({ path }) => isOwn || path !== undefined);
      await saveRefusal(named, refusal, folder);
      // An earlier attempt's report does not speak for this one.
      if (isOwn && (await putAwayEarlier(folder, undefined))) await saveRefusalPage(refusal, folder);
    }
    throw error;
  }
}
