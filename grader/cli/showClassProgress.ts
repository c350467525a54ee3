import { MultiBar, type SingleBar } from 'cli-progress';
import type { ClassProgress } from '../class/gradeClass.ts';
import type { ClassRow } from '../model/classReport.ts';
import { duration } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { totalsLine } from '../report/text/totals.ts';
import { cut } from '../report/text/wrap.ts';
import { isScreen, terminalWidthAndColour } from './screen.ts';

const MAX_RUNNING_SHOWN = 4;
/** How often what other machines are doing is shown anew. */
const LOOK_MS = 1000;

/**
 * Shows the progress of a class. On a terminal: a bar with rate, time left, the submissions at work and the number of
 * failures, and a line above it for each failure. In a file or a pipe: a line for each submission.
 *
 * @param load - what other machines are doing, if they grade: shown in place of the submissions at work
 */
export function showClassProgress(stream: NodeJS.WriteStream, load?: () => string): ClassProgress & { stop(): void } {
  const counter = new Counter(load);
  const bars = new MultiBar({
    stream,
    format: '{bar} {value}/{total} {pass}  {rate}  {left}  {failed}  {running}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
    linewrap: false,
  });
  let bar: SingleBar | undefined;
  const show = () => bar?.update(counter.done, counter.texts());
  const timer = load && setInterval(show, LOOK_MS).unref();
  return {
    begin(pass, submissions) {
      counter.begin(pass, submissions);
      if (bar) bars.remove(bar);
      bar = isScreen(stream) ? bars.create(submissions, 0, counter.texts()) : undefined;
    },
    started(name) {
      counter.running.push(printableLine(name));
      show();
    },
    finished(row, isNew) {
      counter.finish(row, isNew);
      const line = `${counter.done}/${counter.total} ${lineOf(row, isNew)}`;
      show();
      if (!isScreen(stream)) stream.write(`${line}  ${counter.texts().left}`.trimEnd() + '\n');
      else if (row.status !== 'graded') {
        bars.log(`${cut(line, terminalWidthAndColour(stream).width)}\n`);
        // Written together with the next drawing; after the last one there is none.
        bars.update();
      }
    },
    stop() {
      clearInterval(timer);
      bars.stop();
    },
  };
}

function lineOf({ name, status, message, totals }: ClassRow, isNew: boolean): string {
  const what = totals ? totalsLine(totals) : `${status}: ${message}`;
  return printableLine(`${name}: ${what}${isNew ? '' : ' (graded before)'}`);
}

/** Counts what is done, and computes rate and time left from what was graded in this run. */
class Counter {
  done = 0;
  total = 0;
  readonly running: string[] = [];
  #pass = '';
  #new = 0;
  #failed = 0;
  #startedAt = 0;
  readonly #load: (() => string) | undefined;

  constructor(load: (() => string) | undefined) {
    this.#load = load;
  }

  begin(pass: string, total: number): void {
    [this.#pass, this.total, this.done, this.#new, this.#failed] = [pass, total, 0, 0, 0];
    this.#startedAt = performance.now();
  }

  finish(row: ClassRow, isNew: boolean): void {
    this.done++;
    if (isNew) this.#new++;
    if (row.status !== 'graded') this.#failed++;
    this.running.splice(this.running.indexOf(printableLine(row.name)), 1);
  }

  texts(): Record<'pass' | 'rate' | 'left' | 'failed' | 'running', string> {
    const each = this.#new > 0 ? (performance.now() - this.#startedAt) / 1000 / this.#new : undefined;
    const more = this.running.length > MAX_RUNNING_SHOWN ? ' …' : '';
    return {
      pass: this.#pass,
      rate: each === undefined ? '' : `${duration(each)} each`,
      left: each === undefined || this.done === this.total ? '' : `${duration(each * (this.total - this.done))} left`,
      failed: this.#failed > 0 ? `${this.#failed} failed` : '',
      running: this.#load ? printableLine(this.#load()) : this.running.slice(0, MAX_RUNNING_SHOWN).join(', ') + more,
    };
  }
}
