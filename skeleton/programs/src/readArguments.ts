import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BadUsage } from './runProgram.ts';

/**
 * Reads the command line with `parseArgs`.
 *
 * @throws BadUsage when `parseArgs` refuses it
 */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}
