import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BadUsage } from './runProgram.ts';

/**
 * The command line, as `parseArgs` reads it.
 *
 * @throws BadUsage where that refuses it
 */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}
