import { DataError } from '@im2grade/data';
import { NotImplementedError } from '@im2grade/nn';
import { GemmChoiceError } from '@im2grade/engine/run';
import { CheckpointError } from './checkpoint.ts';

/** A command line that nobody can follow: told in one line. */
export class BadUsage extends Error {}

/** @throws BadUsage when it is not an integer of at least `least` */
export function integer(name: string, given: string, least: number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < least)
    throw new BadUsage(`--${name} ${given}: must be an integer of at least ${least}`);
  return value;
}

/** @throws BadUsage when it is not a number in the range, `most` excluded */
export function number(name: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (given.trim() === '' || !(value >= least && value < most))
    throw new BadUsage(`--${name} ${given}: must be a number of at least ${least} and less than ${most}`);
  return value;
}

/** Errors of whoever called us: one line, and no trace. */
const isTheirs = (error: unknown): error is Error =>
  [BadUsage, DataError, GemmChoiceError, CheckpointError].some((kind) => error instanceof kind);

/** Runs a program: what its caller did wrong ends it with 2, what is not written yet with 1, in one line each. */
export async function runProgram(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!isTheirs(error) && !(error instanceof NotImplementedError)) throw error;
    console.error(`${name}: ${error.message}`);
    process.exitCode = isTheirs(error) ? 2 : 1;
  }
}
