import type { Verdict } from './judge.ts';
import type { Replay } from './planReplay.ts';
import type { Tensor } from './readCounterexamples.ts';

/** Longer arrays are cut off: their first wrong element is named anyway. */
const MOST_SHOWN = 64;

/** The result of one replay: a line if it is right now, else the case with its arrays, wrong elements in brackets. */
export function renderVerdict({ counterexample, expected, name }: Replay, verdict: Verdict): string {
  const { criterion, title, law, geometry, dtype, inputs, cause } = counterexample;
  const head = (mark: string) => `${mark} ${criterion}  ${line(title)}`;
  if (verdict.status === 'right') return `${head('✓')}: ${name} gives what is expected`;
  if (verdict.status === 'changed')
    return (
      `${head('?')}: ${name} returns something else than when it was graded\n` +
      '  the law compares the function with itself on other inputs: only a new grading can show whether it holds'
    );
  const sizes = Object.entries(geometry).map(([axis, size]) => `${axis}=${size}`);
  const rows: [label: string, text: string][] = [
    ['law', line(law)],
    ['case', `${name} on ${sizes.join(' ')} ${dtype}`],
    ...inputs.map((tensor): [string, string] => [tensor.name, list(tensor.values)]),
    ...resultRows(verdict, expected),
  ];
  if (cause) rows.push(['likely then', line(cause)]);
  return [head('✗'), ...rows.map(([label, text]) => `  ${label.padEnd(15)}${text}`)].join('\n');
}

function resultRows(verdict: Verdict, { name }: Tensor): [string, string][] {
  if (verdict.status === 'fault') return [['instead', line(verdict.message)]];
  if (verdict.status !== 'wrong') return [];
  const { expected, got, message } = verdict;
  const isWrong = (i: number) => short(got[i]) !== short(expected[i]) || Number.isNaN(got[i]);
  return [
    ['expected', list(expected)],
    ['got', list(got, isWrong)],
    [name, message],
  ];
}

function list(values: ArrayLike<number>, isMarked: (index: number) => boolean = () => false): string {
  const shown = Array.from({ length: Math.min(values.length, MOST_SHOWN) }, (_, i) =>
    isMarked(i) ? `[${short(values[i])}]` : short(values[i]),
  );
  return [...shown, ...(values.length > MOST_SHOWN ? [`… (${values.length} elements)`] : [])].join(' ');
}

const short = (value: number): string => String(Number(value.toPrecision(7)));

/** Text of a report on one line, without control characters. */
const line = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
