import { round } from '../../common/round.ts';
import { type Num, fromNum } from '../../model/evidence.ts';

/** Points as a person writes them: at most two decimals, and none for whole numbers. */
export function points(value: number): string {
  return String(round(value));
}

/** A number of a tensor in a few characters: whole numbers in full, others to four digits. */
export function short(value: Num): string {
  const number = fromNum(value);
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '−∞';
  if (Number.isInteger(number) && Math.abs(number) < 1e6) return minus(String(number));
  const magnitude = Math.abs(number);
  if (magnitude >= 1e6 || magnitude < 1e-3) return minus(number.toExponential(1));
  return minus(String(Number(number.toPrecision(SHORT_DIGITS))));
}

/** A number with enough digits to distinguish it from its neighbours. */
export function exact(value: Num): string {
  const number = fromNum(value);
  return Number.isFinite(number) ? minus(String(number)) : short(value);
}

/** Two numbers in a few characters, with as many more digits as it takes to tell them apart. */
export function distinct(a: Num, b: Num): [string, string] {
  const texts: [string, string] = [short(a), short(b)];
  const [x, y] = [fromNum(a), fromNum(b)];
  if (texts[0] !== texts[1] || x === y || !Number.isFinite(x) || !Number.isFinite(y)) return texts;
  for (let digits = SHORT_DIGITS + 1; digits <= MOST_DIGITS; digits++) {
    const longer = [x, y].map((value) => minus(String(Number(value.toPrecision(digits))))) as [string, string];
    if (longer[0] !== longer[1]) return longer;
  }
  return texts;
}

const SHORT_DIGITS = 4;
/** Enough for any double. */
const MOST_DIGITS = 17;

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

/** `1 file`, `2 files`; the plural is given if it is another one. */
export function count(n: number, what: string, several = `${what}s`): string {
  return `${n} ${n === 1 ? what : several}`;
}

/** A text with minus signs in its numbers, as in `short`, so that they can be searched for. */
export const withMinus = (text: string): string => text.replace(/(?<![\w-])-(?=\d)|(?<=\de)-(?=\d)/g, '−');

const minus = (text: string): string => text.replaceAll('-', '−');
