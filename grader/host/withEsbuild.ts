import { createRequire } from 'node:module';
import type * as EsbuildModule from 'esbuild';
import { MachineFault } from '../model/errors.ts';

type Esbuild = typeof EsbuildModule;

/** Loaded only when there is something to make, and once: Jest refuses an import while one of its concurrent tests ends. */
let loaded: Promise<Esbuild> | undefined;

/** Once for each process of esbuild that has ended. */
let restarts = 0;

/**
 * Works with esbuild, and a second time if its process has ended: it gets the terminal's Ctrl-C too, and the system may
 * kill it. esbuild itself starts no other one, and every later build would fail.
 *
 * @throws MachineFault if it has ended again, and whatever `work` throws
 *
 * @example
 * ```ts
 * await withEsbuild(({ build }) => build({ entryPoints: ['a.ts'], outfile: 'a.js' }));
 * ```
 */
export async function withEsbuild<T>(work: (esbuild: Esbuild) => Promise<T>): Promise<T> {
  const esbuild = await (loaded ??= import('esbuild'));
  const before = restarts;
  // Nothing else holds this process between the end of esbuild's and the news of it: it would exit as if all were done.
  const hold = setInterval(() => {}, HOLD_MS);
  try {
    return await work(esbuild).catch((error: unknown) => {
      restartAfter(error, esbuild, before);
      return work(esbuild);
    });
  } catch (error) {
    throw faultOf(error) ?? error;
  } finally {
    clearInterval(hold);
  }
}

const HOLD_MS = 60_000;

/** As `withEsbuild`, for its functions that return at once. */
export function withEsbuildSync<T>(work: (esbuild: Esbuild) => T): T {
  const esbuild = createRequire(import.meta.url)('esbuild') as Esbuild;
  const before = restarts;
  try {
    return work(esbuild);
  } catch (error) {
    restartAfter(error, esbuild, before);
  }
  try {
    return work(esbuild);
  } catch (error) {
    throw faultOf(error) ?? error;
  }
}

/** @throws the error itself if esbuild has not ended */
function restartAfter(error: unknown, esbuild: Esbuild, before: number): void {
  if (!faultOf(error)) throw error;
  // What ran beside may have started a new one.
  if (restarts > before) return;
  restarts++;
  void esbuild.stop();
}

/** What esbuild says of its own process, and of no source. */
const ENDED = /^The service (?:was stopped|is no longer running)/u;

const faultOf = (error: unknown): MachineFault | undefined =>
  error instanceof Error && ENDED.test(error.message)
    ? new MachineFault('the compiler esbuild has been ended twice; free memory, and try again')
    : undefined;
