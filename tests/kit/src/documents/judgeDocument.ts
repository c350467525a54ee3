import type { PdfPage } from '@im2grade/grader/model/pdf.ts';
import { credit, type Verdict } from '../verdicts.ts';
import { type AskedSections, findSections, namesOf } from './findSections.ts';
import { linesOf, readDocument } from './readDocument.ts';

/** A table has some lines, a plot has hundreds. */
const PATHS_OF_PLOT = 40;

/** What a report that is handed in as a PDF must contain. */
export interface AskedDocument {
  readonly sections: AskedSections;
  /** Pages with a picture or a plot, at least; 0 without it. */
  readonly pictures?: number;
}

/**
 * Judges the form of a report: each section must have a heading, and there must be as many pages with pictures as asked for.
 * What the report says is for a person to judge.
 *
 * @param file - the deliverable, a binary one
 * @throws SubmissionFault `not-implemented` if it was not handed in
 * @throws CriterionFailure if it cannot be read
 *
 * @example
 * ```ts
 * criterion('report.sections', () => judgeDocument('report.pdf', { sections: { 1: ['a', 'b'], 2: [] }, pictures: 1 }));
 * ```
 */
export async function judgeDocument(file: string, { sections, pictures = 0 }: AskedDocument): Promise<Verdict> {
  const { pages, hasScripts } = await readDocument(file);
  const found = findSections(linesOf(pages), sections);
  const asked = namesOf(sections);
  const missing = asked.filter((name) => !found.has(name));
  const illustrated = pages.flatMap((page, i) => (isIllustrated(page) ? [i + 1] : []));
  const problems = [
    ...(missing.length > 0 ? [`no heading found for ${missing.join(', ')}`] : []),
    ...(illustrated.length < pictures
      ? [`pictures or plots on ${illustrated.length} pages; ${pictures} are asked for`]
      : []),
  ];
  const remarks = [
    `${file}: ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}, ${whereIllustrated(illustrated)}`,
    ...problems.map((problem) => `${file}: ${problem}`),
    ...(hasScripts ? [`${file} contains JavaScript, which was not run; be careful when you open it`] : []),
  ];
  const right = asked.length - missing.length + Math.min(pictures, illustrated.length);
  return credit(
    right / (asked.length + pictures),
    problems.join('; '),
    remarks.map((message) => ({ type: 'remark', message })),
  );
}

const isIllustrated = ({ images, paths }: PdfPage): boolean => images > 0 || paths >= PATHS_OF_PLOT;

const whereIllustrated = (pages: readonly number[]): string =>
  pages.length === 0 ? 'no pictures or plots' : `pictures or plots on page ${pages.join(', ')}`;
