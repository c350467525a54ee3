import { UsageError } from '../model/errors.ts';
import type { ScoreReport } from '../model/report.ts';
import { renderAutolab, renderAutolabRefusal } from './autolab/renderAutolab.ts';
import { renderAnnotations, renderAnnotationsRefusal } from './github/renderAnnotations.ts';
import { renderClassroom, renderClassroomRefusal } from './github/renderClassroom.ts';
import { renderSummary, renderSummaryRefusal } from './github/renderSummary.ts';
import { type ScoreTable, scoreTableOf } from './ScoreTable.ts';
import { renderCanvas } from './canvas/renderCanvas.ts';
import { renderNbgrader } from './nbgrader/renderNbgrader.ts';
import { renderOtter } from './otter/renderOtter.ts';
import { renderGradescope, renderGradescopeRefusal } from './gradescope/renderGradescope.ts';
import { renderRefusalPage } from '../report/html/refusalPage.ts';
import { renderStudentPage, renderStudentPageAfterDue } from '../report/html/studentPage.ts';
import { toJson } from '../report/json/writeJson.ts';
import { renderJunit, renderJunitRefusal } from './junit/renderJunit.ts';
import { renderPrairieLearn, renderPrairieLearnRefusal } from './prairielearn/renderPrairieLearn.ts';
import type { Refusal } from '../report/Refusal.ts';

/** A format of one submission's score. */
export interface ReportFormat {
  /** The name of its file, unless the user gives one. */
  readonly file: string;
  readonly render: (report: ScoreReport) => string | Promise<string>;
  /** The result for an importer if the submission cannot be graded; nothing is written if the importer has none. */
  readonly renderRefusal?: (refusal: Refusal) => string;
}

/** A table of several submissions' scores. */
export interface GradebookFormat {
  readonly file: string;
  readonly renderAll: (gradebook: ScoreTable) => string;
}

const REPORT_FORMATS: Readonly<Record<string, ReportFormat>> = {
  json: { file: 'report.json', render: toJson },
  junit: { file: 'junit.xml', render: renderJunit, renderRefusal: renderJunitRefusal },
  gradescope: { file: 'gradescope.json', render: renderGradescope, renderRefusal: renderGradescopeRefusal },
  prairielearn: { file: 'prairielearn.json', render: renderPrairieLearn, renderRefusal: renderPrairieLearnRefusal },
  'github-summary': { file: 'github-summary.md', render: renderSummary, renderRefusal: renderSummaryRefusal },
  'github-annotations': {
    file: 'github-annotations.txt',
    render: renderAnnotations,
    renderRefusal: renderAnnotationsRefusal,
  },
  'github-classroom': { file: 'github-classroom.txt', render: renderClassroom, renderRefusal: renderClassroomRefusal },
  autolab: { file: 'autolab.txt', render: renderAutolab, renderRefusal: renderAutolabRefusal },
  'student-page': { file: 'student.html', render: renderStudentPage, renderRefusal: renderRefusalPage },
  'student-page-after-due': {
    file: 'student-after-due.html',
    render: renderStudentPageAfterDue,
    renderRefusal: renderRefusalPage,
  },
};

const GRADEBOOK_FORMATS: Readonly<Record<string, GradebookFormat>> = {
  nbgrader: { file: 'nbgrader.csv', renderAll: renderNbgrader },
  otter: { file: 'otter.csv', renderAll: renderOtter },
  canvas: { file: 'canvas.csv', renderAll: renderCanvas },
};

export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS);
export const GRADEBOOK_FORMAT_NAMES = Object.keys(GRADEBOOK_FORMATS);

/** The format of that name, if it is one of a single submission. */
export const reportFormat = (name: string): ReportFormat | undefined =>
  Object.hasOwn(REPORT_FORMATS, name) ? REPORT_FORMATS[name] : undefined;

/** The format of that name, if it is a gradebook. */
export const gradebookFormat = (name: string): GradebookFormat | undefined =>
  Object.hasOwn(GRADEBOOK_FORMATS, name) ? GRADEBOOK_FORMATS[name] : undefined;

/** A format that `grade` was asked to save in addition to its own two. */
export interface WantedFormat {
  readonly format: ReportFormat;
  /** The path; in the report's folder if left out. */
  readonly path: string | undefined;
}

/**
 * Reads `junit` and `junit=FILE`. A gradebook of one submission is a format as well.
 *
 * @throws UsageError if there is no such format, or no name after the equals sign
 */
export function parseWanted(text: string): WantedFormat {
  const [, name, path] = /^([^=]*)(?:=(.*))?$/s.exec(text)!;
  const gradebook = gradebookFormat(name);
  const format = gradebook ? ofOne(gradebook) : reportFormat(name);
  if (!format) {
    const names = [...REPORT_FORMAT_NAMES, ...GRADEBOOK_FORMAT_NAMES].join(', ');
    throw new UsageError(`--report ${text}: unknown format "${name}"; available: ${names}`);
  }
  if (path === '') throw new UsageError(`--report ${text}: the file's name is missing`);
  return { format, path };
}

const ofOne = ({ file, renderAll }: GradebookFormat): ReportFormat => ({
  file,
  render: (report) => renderAll(scoreTableOf([report])),
});

/** Every format that can be saved with a report. */
export const SAVED_FORMATS: readonly ReportFormat[] = [
  ...Object.values(REPORT_FORMATS),
  ...Object.values(GRADEBOOK_FORMATS).map(ofOne),
];
