import { readFileSync } from 'node:fs';

const LIMIT = /^Max address space\s+(?<soft>\d+)/mu;

/**
 * MiB of address space that this process and its children may reserve (`ulimit -v`); undefined if there is no limit, or
 * if the platform does not report it.
 */
export function addressSpaceMiB(limits = ownLimits()): number | undefined {
  const soft = LIMIT.exec(limits)?.groups?.['soft'];
  return soft === undefined ? undefined : Math.floor(Number(soft) / 2 ** 20);
}

function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'latin1');
  } catch {
    return '';
  }
}

/** Why a limit on address space stops every submission, and the remedy. */
export const addressSpaceRemedy = (mib: number): string =>
  `address space is limited to ${mib} MiB (ulimit -v), and WebAssembly reserves more: raise the limit, or run ulimit -v unlimited`;
