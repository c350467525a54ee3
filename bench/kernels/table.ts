import type { CaseSummary, Line } from './summary.ts';

const COLUMNS = ['ms', 'spread', 'GFLOP/s', 'speed', 'of ceiling'] as const;
const WIDTHS = [11, 8, 9, 7, 11] as const;
const NAME_WIDTH = 28;

const number = (value: number, digits: number): string => (Number.isNaN(value) ? '–' : value.toFixed(digits));
const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(0)} %`);
/** Three digits, for times of any length. */
const significant = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

const row = (name: string, cells: readonly string[]): string =>
  (name.padEnd(NAME_WIDTH) + cells.map((cell, i) => cell.padStart(WIDTHS[i])).join('')).trimEnd();

const cellsOf = ({ ms, spread, gigaflops, speed, share, isCeiling }: Line): string[] => [
  isCeiling ? '' : significant(ms),
  percent(spread),
  significant(gigaflops),
  isCeiling ? '' : number(speed, 2),
  isCeiling ? '' : percent(share),
];

/** The lines of one case, and why some are missing. */
export function renderCase({ title, lines, absences }: CaseSummary): string {
  return [
    title,
    row('', COLUMNS),
    ...lines.map((line) => row(`  ${line.candidate}`, cellsOf(line))),
    ...absences.map(({ candidate, reason }) => `  ${candidate.name}: ${reason}`),
  ].join('\n');
}

/** What the columns mean. */
export const legend = (ours: string): string =>
  `ms: median of a call. spread: middle half of the times. speed: that of ${ours} is 1. ceiling: one tile of 128-bit
arithmetic on panels in the first-level cache, run in the same rotation; nn, plain is compared with the plain one.
Speed and share are medians of ratios from the same round.`;
