import { SingleBar } from 'cli-progress';
import type { GradeProgress } from '../grade/grade.ts';
import { isScreen } from './screen.ts';

/** A bar with the current criterion on a terminal; nothing if the stream is a file or a pipe. */
export function showProgress(
  stream: NodeJS.WriteStream,
): GradeProgress & { repeated(run: number, runs: number): void; stop(): void } {
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} {run}{what}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
  });
  let done = 0;
  let run = '';
  const show = (what: string) => bar.update(done, { what, run });
  if (isScreen(stream)) bar.start(1, 0, { what: 'reading', run });
  return {
    repeated(number, runs) {
      done = 0;
      run = `grading ${number} of ${runs}: `;
    },
    step(name, criteria) {
      if (criteria) bar.setTotal(criteria.length);
      show(name === 'build' ? 'building' : 'examining');
    },
    started: (id) => show(id),
    finished(finding) {
      done++;
      show(finding.id);
    },
    stop: () => bar.stop(),
  };
}
