import { isMainThread } from 'node:worker_threads';
import { DataError } from '@im2grade/data';
import { NotImplementedError } from '@im2grade/nn';
import { GemmChoiceError, TeamSizeError } from '@im2grade/engine/run';
import { CheckpointError } from './checkpoint.ts';

/** Bad usage; the message is one line. */
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

/** User errors are printed as one line without a stack trace. */
const isUserError = (error: unknown): error is Error =>
  [BadUsage, DataError, GemmChoiceError, TeamSizeError, CheckpointError].some((kind) => error instanceof kind);

/**
 * Runs a program: a user error ends it with exit code 2, a function that is not written yet with 1, both with one line.
 * The other threads of a team import the program's module too; in them it does nothing.
 */
export async function runProgram(name: string, main: () => Promise<void>): Promise<void> {
  if (!isMainThread) return;
  try {
    await main();
  } catch (error) {
    if (!isUserError(error) && !(error instanceof NotImplementedError)) throw error;
    console.error(`${name}: ${error.message}`);
    process.exitCode = isUserError(error) ? 2 : 1;
  }
}
