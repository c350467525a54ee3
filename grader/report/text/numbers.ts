import { type Num, fromNum } from '../../model/evidence.ts';

/** Points as a person writes them: at most two decimals, and none for whole numbers. */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A number of a tensor in a few characters: whole numbers in full, others to four digits. */
export function short(value: Num): string {
  const number = fromNum(value);
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '−∞';
  if (Number.isInteger(number) && Math.abs(number) < 1e6) return minus(String(number));
  const magnitude = Math.abs(number);
  if (magnitude >= 1e6 || magnitude < 1e-3) return minus(number.toExponential(1));
  return minus(String(Number(number.toPrecision(4))));
}

/** A number with enough digits to distinguish it from its neighbours. */
export function exact(value: Num): string {
  const number = fromNum(value);
  return Number.isFinite(number) ? minus(String(number)) : short(value);
}

/** A duration with its unit: 3 digits in s, ms or µs. */
export function duration(seconds: number): string {
  if (seconds >= 100) return `${Math.round(seconds)} s`;
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  if (seconds >= 1e-3) return `${(seconds * 1e3).toPrecision(3)} ms`;
  return `${(seconds * 1e6).toPrecision(3)} µs`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** `1 file`, `2 files`. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

const minus = (text: string): string => text.replaceAll('-', '−');
