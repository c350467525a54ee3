import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UngradableError } from '../model/errors.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { saveRefusalPage } from '../report/saveRefusalPage.ts';
import { DOCUMENT } from '../report/saveReport.ts';
import { saveRefusal } from '../platforms/saveFormats.ts';

/**
 * Runs the work of a grading. If the submission turns out to be ungradable, writes a result for the platforms that wait
 * for one before the error is rethrown. An earlier report of the submission is put away.
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
    if (error instanceof UngradableError) {
      const refusal = { ...about, message: error.message };
      await saveRefusal(wanted, refusal, folder);
      // An earlier attempt's report does not speak for this one.
      if (existsSync(join(folder, DOCUMENT))) await saveRefusalPage(refusal, folder);
    }
    throw error;
  }
}
