import { withSuiteRunners } from '../examine/SuiteRunners.ts';
import { LocalEngine, type LocalOptions } from './LocalEngine.ts';

/** Runs work with an engine that grades in this process, and ends all that it started. */
export const withLocalEngine = <T>(
  options: Omit<LocalOptions, 'suiteRunners'>,
  work: (engine: LocalEngine) => Promise<T>,
): Promise<T> =>
  withSuiteRunners(async (suiteRunners) => {
    const engine = new LocalEngine({ ...options, suiteRunners });
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  });
