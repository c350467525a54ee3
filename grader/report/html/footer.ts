import type { ScoreReport } from '../../model/report.ts';
import { duration } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

/** What is needed to judge and to repeat this grading. */
export function footer({ assignment, submission, grading, environment }: ScoreReport): Html {
  const steps = Object.entries(grading.seconds).map(([step, seconds]) => `${step} ${duration(seconds)}`);
  const rows: [name: string, value: string | number | Html][] = [
    ...(grading.command === '' ? [] : [['Command', html`<code>${grading.command}</code>`] as [string, Html]]),
    ['Seed', grading.seed],
    ['Assignment', `${assignment.id}, version ${assignment.version}`],
    ['Submission', html`<code>${submission.digest}</code>`],
    ['Files', submission.files.map(({ path, bytes }) => `${path} (${bytes} bytes)`).join(', ')],
    ['Ignored files', submission.ignored.join(', ') || 'nothing'],
    ['Isolation', `${environment.isolation.tier}: ${environment.isolation.means.join(', ') || 'process split only'}`],
    ['Grader', `im2grade ${environment.grader}, Node ${environment.node}, ${environment.platform}`],
    ['Machine', `${environment.cpu}, ${environment.cores} cores, ${environment.memoryMiB} MiB`],
    [
      'Numbers',
      [
        `gemm ${environment.gemm}`,
        `team of ${environment.teamSize}`,
        ...(environment.data ? [environment.data] : []),
      ].join(', '),
    ],
    ['Time', steps.join(', ')],
  ];
  return html`<footer>
    <h2>This grading</h2>
    <table class="plain">
      <tbody>
        ${rows.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </footer>`;
}
