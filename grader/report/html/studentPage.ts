import type { ScoreReport } from '../../model/report.ts';
import { AFTER_DUE, BEFORE_DUE, studentView } from '../student/studentView.ts';
import { renderHtml } from './renderHtml.ts';

/** The page as the submission's student may see it before the due date. */
export const renderStudentPage = (report: ScoreReport): Promise<string> => renderHtml(studentView(report, BEFORE_DUE));

/** The page as the submission's student may see it when nobody can hand in any more. */
export const renderStudentPageAfterDue = (report: ScoreReport): Promise<string> =>
  renderHtml(studentView(report, AFTER_DUE));
