import type { ClassReport } from '../../model/classReport.ts';
import { html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { attentionSection } from './attention.ts';
import { CLASS_SCRIPT } from './classScript.ts';
import { CLASS_STYLE } from './classStyle.ts';
import { distributionSection } from './distribution.ts';
import { classHeader } from './header.ts';
import { machineSection } from './machines.ts';
import { mistakeSection } from './mistakes.ts';
import { passRateSection } from './passRates.ts';
import { speedSection } from './speeds.ts';
import { studentSection } from './students.ts';

/**
 * A class's scores as one self-contained page, the whole first and then each student: a name links to its score report.
 * Nothing is loaded from elsewhere, and without its script the page only lacks sorting and filtering.
 */
export async function classHtml(report: ClassReport): Promise<string> {
  const { assignment, grader, seed } = report;
  return page(
    `${assignment.title}: the class`,
    html`${classHeader(report)}
      <main>
        ${await distributionSection(report)} ${attentionSection(report)} ${passRateSection(report)}
        ${mistakeSection(report)} ${speedSection(report)} ${machineSection(report)} ${studentSection(report)}
      </main>
      <footer>
        <p>${assignment.id} version ${assignment.version} · grader ${grader} · seed ${seed}</p>
      </footer>`,
    { style: CLASS_STYLE, script: CLASS_SCRIPT },
  );
}
