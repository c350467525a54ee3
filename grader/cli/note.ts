import { printableLine } from '../report/text/printable.ts';

/** Prints a remark beside the output of a command. */
export const note = (line: string): void => void process.stderr.write(`grade: ${printableLine(line)}\n`);
