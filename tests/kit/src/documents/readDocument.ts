import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import type { PdfDocument, PdfPage } from '@im2grade/grader/model/pdf.ts';
import { examination } from '../examination.ts';
import { CriterionFailure } from '../verdicts.ts';

/**
 * A document that was handed in.
 *
 * @throws SubmissionFault `not-implemented` if it was not handed in
 * @throws CriterionFailure if it cannot be read
 */
export async function readDocument(file: string): Promise<PdfDocument> {
  const reading = await examination().pdf(file);
  if (!reading) throw new SubmissionFault('not-implemented', `no readable ${file} was handed in`);
  if ('refused' in reading) throw new CriterionFailure(`${file} ${reading.refused}`);
  return reading;
}

/** The lines of all pages. */
export const linesOf = (pages: readonly PdfPage[]): string[] => pages.flatMap(({ text }) => text.split('\n'));
