import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GradingCommands, gradingCommands, withCommands } from '../grade/gradingCommands.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { foundAt } from '../host/files/foundAt.ts';
import { isArchiveName } from '../intake/listArchives.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import { putAwayEarlier, savedFormats, saveFormats, saveRefusal } from '../platforms/saveFormats.ts';
import { asItIs, asPart } from '../report/besideFull.ts';
import { isAbout, isDocumentOf, savedDocument } from '../report/savedDocument.ts';
import { reportNaming, saveReport } from '../report/saveReport.ts';
import { saveRefusalPage } from '../report/saveRefusalPage.ts';
import type { ClassOptions } from './gradeClass.ts';
import type { HandIn } from './handInsOf.ts';

type ReportOptions = Pick<ClassOptions, 'assignment' | 'path' | 'out' | 'seed' | 'only' | 'wanted'>;

/** The reports that are saved of the hand-ins of a class, each in its own folder. */
export class HandInReports {
  readonly #options: ReportOptions;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  /**
   * An earlier run that was killed may have saved part of it, and other formats may be of an earlier score.
   *
   * @param isWhole - false if a later pass adds to it: a report of more that is there is left until then
   */
  async save(report: ScoreReport, handIn: HandIn, isWhole: boolean): Promise<void> {
    const { out, only, wanted } = this.#options;
    const folder = join(out, handIn.folder);
    const earlier = await savedDocument(folder);
    const isEarlier = earlier !== undefined && !isAbout(earlier, report.submission.digest);
    if (isEarlier) await putAwayEarlier(folder, undefined);
    if (!isWhole && (await reportNaming(report, folder, report.grading.only)) === asPart) return;
    const named = await reportNaming(report, folder, only);
    const saved = named === asItIs && !isEarlier ? earlier : await savedDocument(folder, named);
    const isNew = !isDocumentOf(saved, report);
    const there = savedFormats(folder, named);
    if (isNew) await saveReport(report, folder, named);
    const isMissing = ({ format }: WantedFormat) => !existsSync(join(folder, named(format.file)));
    await saveFormats(isNew ? [...wanted, ...there] : wanted.filter(isMissing), report, folder, named);
  }

  /** Those of whom nothing could be graded have a page, too. */
  async saveRefusal(handIn: HandIn, message: string): Promise<void> {
    const { assignment, out, wanted } = this.#options;
    const refusal = { assignment, submission: handIn.name, message };
    const folder = join(out, handIn.folder);
    await putAwayEarlier(folder, undefined);
    await saveRefusal(wanted, refusal, folder);
    await saveRefusalPage(refusal, folder);
  }

  /** The report under this submission's name: identical work of another student shares the grading. */
  named(
    report: ScoreReport,
    { students, source }: HandIn,
    { name, ignored, assumed }: Submission,
    parts: readonly string[][],
    seed: number,
  ): ScoreReport {
    const { assignment, only } = this.#options;
    const isWhole = report.outcomes.length === selectCriteria(assignment, only).length;
    const commands = this.#commandsFor(source, seed);
    return {
      ...withCommands(report, commands),
      submission: {
        ...report.submission,
        name,
        students: [...students],
        ignored: [...ignored],
        assumed: [...assumed],
      },
      grading: {
        ...report.grading,
        command: commands.all,
        only: isWhole ? [...only] : parts.flat(),
      },
    };
  }

  /** A hand-in in an archive, or of loose files, is graded again with its class. */
  #commandsFor(source: string, seed: number): GradingCommands {
    const { assignment, path, seed: classSeed } = this.#options;
    const isAlone = isGradable(join(path, source));
    const words = isAlone ? [join(path, source)] : ['class', path];
    return gradingCommands({ words, assignment: assignment.id, seed: isAlone ? seed : classSeed });
  }
}

/** Whether a path is a folder or an archive; nothing in an archive is. */
function isGradable(path: string): boolean {
  const found = foundAt(path);
  return found !== undefined && (found.isDirectory() || isArchiveName(path));
}
