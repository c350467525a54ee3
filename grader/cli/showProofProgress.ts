import { SingleBar } from 'cli-progress';
import type { ProofProgress } from '../prove/proveByMutation.ts';
import { duration } from '../report/text/numbers.ts';
import { isScreen } from './screen.ts';

/** In a file or a pipe, a line after this many mutants. */
const LINE_EVERY = 25;

/** Shows how many mutants are done and how many survive, and the time that is left. */
export function showProofProgress(stream: NodeJS.WriteStream): ProofProgress & { stop(): void } {
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} mutants  {survivors}  {left}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
    linewrap: false,
  });
  let [total, done, fresh, survived, startedAt] = [0, 0, 0, 0, 0];
  const texts = () => {
    const each = fresh === 0 ? undefined : (performance.now() - startedAt) / 1000 / fresh;
    return {
      survivors: survived === 0 ? '' : `${survived} survived`,
      left: each === undefined || done === total ? '' : `${duration(each * (total - done))} left`,
    };
  };
  return {
    begin(mutants) {
      [total, startedAt] = [mutants, performance.now()];
      if (isScreen(stream)) bar.start(total, 0, texts());
    },
    finished({ status }, isNew) {
      done++;
      if (isNew) fresh++;
      if (status === 'survived') survived++;
      const { survivors, left } = texts();
      if (isScreen(stream)) bar.update(done, { survivors, left });
      else if (done % LINE_EVERY === 0 || done === total)
        stream.write(`${done}/${total} mutants  ${survivors}  ${left}`.trimEnd() + '\n');
    },
    stop: () => bar.stop(),
  };
}
