import { relative } from 'node:path';
import type { BuildFailure } from 'esbuild';
import { UsageError } from '../model/errors.ts';
import { machineFault } from './compilerFault.ts';

/**
 * Compiles sources of our own: a suite, the reference, the grader.
 *
 * @param course - the course's folder, for messages
 * @param folder - of the sources, if the compiler sees them elsewhere
 * @throws UsageError with file, line and column of a mistake in them, MachineFault if the machine kept the compiler from
 *   its work
 */
export async function compilingOwn<T>(course: string, folder: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    if (first === undefined) throw error;
    const { text, location } = first;
    if (location === null) throw machineFault('esbuild', folder ?? course, text);
    const file = folder === undefined ? location.file : `${relative(course, folder)}/${location.file}`;
    throw new UsageError(`${file}:${location.line}:${location.column + 1}: ${text.replaceAll(/\s+/gu, ' ')}`);
  }
}
