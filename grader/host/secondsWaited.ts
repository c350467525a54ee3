import { readFileSync } from 'node:fs';

/**
 * For how long since boot some thread had to wait for a core, by Linux's pressure figures.
 *
 * @returns undefined if the system does not report it
 */
export function secondsWaited(): number | undefined {
  try {
    const total = /^some .*total=(\d+)$/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'));
    return total ? Number(total[1]) / 1e6 : undefined;
  } catch {
    return undefined;
  }
}
