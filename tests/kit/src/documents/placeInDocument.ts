import type { Evidence } from '@im2grade/grader/model/evidence.ts';
import { type AskedSections, findSections } from './findSections.ts';
import { linesOf, readDocument } from './readDocument.ts';

/**
 * A sentence that leads a person to a section of a report that was handed in.
 *
 * @param section - its name, like `3e`
 * @throws SubmissionFault or CriterionFailure if there is no document that can be read
 *
 * @example
 * ```ts
 * showBeside('net.filters', () => placeInDocument('report.pdf', { 3: ['e'] }, '3e'));
 * ```
 */
export async function placeInDocument(file: string, sections: AskedSections, section: string): Promise<Evidence> {
  const { pages } = await readDocument(file);
  const line = findSections(linesOf(pages), sections).get(section);
  const page = pages.findIndex((_, i) => linesOf(pages.slice(0, i + 1)).length > (line ?? Infinity));
  const message =
    page < 0
      ? `${file} has no heading for ${section}`
      : `what was handed in for ${section} begins on page ${page + 1} of ${file}`;
  return { type: 'remark', message };
}
