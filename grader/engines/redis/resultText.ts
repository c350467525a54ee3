import type { Assignment } from '../../model/assignment.ts';
import { MachineFault } from '../../model/errors.ts';
import type { Job } from '../Job.ts';
import { packResult, readResult, type Result, unpackResult } from '../packedResult.ts';

/** To compress a shorter text takes longer than to send it. */
const SHORT = 1000;

/** A result as a text for a server. */
export async function resultText(result: Result): Promise<string> {
  const text = JSON.stringify(result);
  return text.length < SHORT ? text : (await packResult(result)).toString('base64');
}

/** @throws MachineFault unless it is a whole result of this very job */
export async function resultIn(value: unknown, job: Job, assignment: Assignment): Promise<Result> {
  if (typeof value !== 'string') throw new MachineFault('the result of another machine is none; grade again');
  if (value.startsWith('{') && value.length < SHORT) return readResult(value, job, assignment);
  return unpackResult(Buffer.from(value, 'base64'), job, assignment);
}
