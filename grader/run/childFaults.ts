import { MISSING, notAvailable } from '@im2grade/handout/notAvailable';
import * as z from 'zod';
import { MachineFault } from '../model/errors.ts';
import { SubmissionFault } from '../model/examination.ts';
import type { Passed } from './Deadline.ts';
import { EXIT_OUT_OF_MEMORY } from './protocol.ts';

/** How a session's process ends: by the submission's fault or the machine's. */
export type Fault = SubmissionFault | MachineFault;

const FaultText = z.strictObject({
  kind: z.enum(['not-implemented', 'threw', 'unequal-barriers', 'racing-writes', 'returned-something', 'timed-out']),
  message: z.string(),
  /** Lines and columns in the submission's script, from the innermost call on. */
  places: z
    .string()
    .regex(/^(?:\d+:\d+(?:,\d+:\d+)*)?$/u)
    .default(''),
});

/** The fault that a process reports in a frame's text. */
export function reportedFault(text: Uint8Array): SubmissionFault {
  const { kind, message, places } = FaultText.parse(JSON.parse(new TextDecoder().decode(text)));
  return new SubmissionFault(kind, boundedLine(kind === 'threw' ? asAtHome(message) : message), { places });
}

/** In a handout a global that there is at home is refused in these words. */
const asAtHome = (message: string): string =>
  message.replace(/^ReferenceError: ([\w$]+) is not defined$/u, (whole, name: string) =>
    MISSING.includes(name) ? `ReferenceError: ${notAvailable(name)}` : whole,
  );

/** The fault of a process that did not answer in time. */
export function lateFault(how: Passed, what: string, seconds: number): Fault {
  if (how === 'machine')
    return new MachineFault(`${what}: the machine did not let the submission's process run; try again`);
  const isCertain = how === 'own';
  return new SubmissionFault('timed-out', `${what} did not finish within ${seconds} s`, { isCertain });
}

/**
 * The fault of a process that ended by itself.
 *
 * @param log - what it printed
 */
export function exitFault(
  { code, signal, log }: { readonly code: number | null; readonly signal: string | null; readonly log: string },
  memoryMiB: number,
): SubmissionFault {
  if (code === EXIT_OUT_OF_MEMORY || log.includes('heap out of memory')) return outOfMemory(memoryMiB);
  const how = signal ?? `exit code ${code}`;
  return new SubmissionFault('crashed', `the process ended (${how})`, { isCertain: false });
}

export const outOfMemory = (memoryMiB: number): SubmissionFault =>
  new SubmissionFault('out-of-memory', `more than ${memoryMiB} MiB of memory were used`);

/** Student text in one line of at most 500 characters, without control characters or escape sequences. */
function boundedLine(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return clean.length > 500 ? `${clean.slice(0, 500)}…` : clean;
}
