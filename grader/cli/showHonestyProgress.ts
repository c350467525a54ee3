import { SingleBar } from 'cli-progress';
import type { HonestyProgress } from '../honesty/proveHonest.ts';
import { isScreen } from './screen.ts';

/** A bar with the current check on a terminal; in a file or a pipe, a line for each check that is done. */
export function showHonestyProgress(stream: NodeJS.WriteStream): HonestyProgress & { stop(): void } {
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} {what}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
    linewrap: false,
  });
  let done = 0;
  return {
    begin: (checks) => isScreen(stream) && bar.start(checks, 0, { what: '' }),
    started: (what) => bar.update(done, { what }),
    finished({ name, problems, seconds }) {
      done++;
      if (isScreen(stream)) bar.update(done, { what: name });
      else stream.write(`${problems.length === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)\n`);
    },
    stop: () => bar.stop(),
  };
}
