import { toNum } from '../model/evidence.ts';

/**
 * The same value with every number that JSON cannot represent written as a string, as `Num` reads it: in JSON, NaN and
 * the infinities would become null.
 *
 * @param value - plain data
 */
export function withNumbersWritten<T>(value: T): T;
export function withNumbersWritten(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : toNum(value);
  if (Array.isArray(value)) return value.map((each) => withNumbersWritten(each as unknown));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNumbersWritten(each as unknown)]));
}
