import { SingleBar } from 'cli-progress';
import { isScreen } from './screen.ts';

/** Shows on a terminal how many submissions have been read. */
export function showReading(stream: NodeJS.WriteStream): {
  readonly progress: (done: number, total: number) => void;
  readonly stop: () => void;
} {
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} submissions read',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
    linewrap: false,
  });
  let isStarted = false;
  return {
    progress(done, total) {
      if (!isScreen(stream)) return;
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
