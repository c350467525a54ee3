import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, criteriaOf } from '../model/assignment.ts';

const CELL = /(?<!\\)\|/u;
const BONUS = /\d+(?:\.\d+)?\s+(?:points?\s+)?bonus\b/giu;
const NUMBER = /\d+(?:\.\d+)?/gu;
/** Points are decimal fractions, and sums of them are rounded. */
const TINY = 1e-6;

/**
 * Whether the points in the tables of a handout's README add up to those of assignment.yaml. Numbers before the word
 * bonus are left out on both sides; a README without a column `points` promises nothing.
 */
export function readmePoints(assignment: Assignment): string[] {
  const path = join(assignment.folders.skeleton, 'README.md');
  const cells = existsSync(path) ? pointCells(readFileSync(path, 'utf8')) : [];
  if (cells.length === 0) return [];
  const numbers = cells.flatMap((cell) =>
    [...cell.replaceAll(BONUS, '').matchAll(NUMBER)].map(([text]) => Number(text)),
  );
  const promised = sumOf(numbers);
  const given = sumOf(criteriaOf(assignment).flatMap(({ points, bonus }) => (bonus ? [] : [points])));
  if (Math.abs(promised - given) < TINY) return [];
  return [
    `the points in the tables of README.md add up to ${shown(promised)}, and those of assignment.yaml to ${shown(given)}`,
  ];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const shown = (points: number): number => Number(points.toFixed(4));

/** The cells below the heading `points`, of all tables. */
function pointCells(text: string): string[] {
  const cells: string[] = [];
  let column: number | undefined;
  for (const line of text.split('\n')) {
    const row = line.trim().startsWith('|') ? line.split(CELL).map((cell) => cell.trim()) : undefined;
    if (row === undefined) column = undefined;
    else if (column === undefined) column = row.findIndex((cell) => /^points$/iu.test(cell));
    else if (column >= 0 && row[column] !== undefined) cells.push(row[column]);
  }
  return cells;
}
