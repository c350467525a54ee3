import { isScalar, isSeq, type Node } from 'yaml';
import { type AskedCell, Either, either, Follows, Near } from './asked.ts';

const MOST_SHOWN = 60;
const MOST_ITEMS = 8;

/** The numbers in another cell of the same file; undefined if it has none. */
type Others = (name: string) => readonly number[] | undefined;

/**
 * Why the content of a cell is not what is asked for; undefined if it is. The right answer is not revealed.
 *
 * @param others - for an answer that follows from others
 */
export function judgeCell(asked: AskedCell, written: Node, others: Others): string | undefined {
  if (asked instanceof Either) {
    const problems = asked.answers.map((answer) => judgeCell(answer, written, others));
    return problems.includes(undefined) ? undefined : problems[0];
  }
  if (asked instanceof Follows) {
    const following = followingFrom(asked, others);
    return judgeCell(following === undefined ? asked.right : either(asked.right, following), written, others);
  }
  if (Array.isArray(asked)) return judgeShape(asked, written);
  const value = numberIn(written);
  if (value === undefined) return withoutComma(written) ?? `must be a number, not ${shown(written)}`;
  const [right, within] = asked instanceof Near ? [asked.value, asked.within] : [asked as number, 0];
  return Math.abs(value - right) <= within ? undefined : `${value} is not right`;
}

/** Zeros are no answers: everything that follows from them is zero too. */
function followingFrom({ from, compute }: Follows, others: Others): AskedCell | undefined {
  const cells = from.map(others);
  return cells.every((cell) => cell?.every((value) => value > 0)) ? compute(...(cells as number[][])) : undefined;
}

/** `0,93` and `1,446,030` are text in YAML. */
function withoutComma(node: unknown): string | undefined {
  if (!isScalar(node) || typeof node.value !== 'string' || !/^[+-]?\d+(,\d+)+$/.test(node.value)) return undefined;
  return commaIn(node.value);
}

export const commaIn = (text: string): string =>
  `${text.slice(0, MOST_SHOWN)} has a comma: write decimals with a point, as in 0.5, and thousands without a mark`;

/** A number or a list of numbers, and nothing else. */
export function numbersIn(node: unknown): readonly number[] | undefined {
  const values = isSeq(node) ? node.items.map(numberIn) : [numberIn(node)];
  return values.length > 0 && values.every((value) => value !== undefined) ? values : undefined;
}

function judgeShape(asked: readonly number[], written: Node): string | undefined {
  const sizes = isSeq(written) ? written.items.map(numberIn) : [];
  if (sizes.length === 0 || !sizes.every((size) => Number.isSafeInteger(size)))
    return `must be a list of whole numbers, like [2, 3], not ${shown(written)}`;
  const isRight = sizes.length === asked.length && sizes.every((size, n) => size === asked[n]);
  return isRight ? undefined : `${shown(written)} is not right`;
}

/** A finite number that is written as one; undefined for anything else. */
function numberIn(node: unknown): number | undefined {
  return isScalar(node) && typeof node.value === 'number' && Number.isFinite(node.value) ? node.value : undefined;
}

function shown(node: unknown): string {
  if (isSeq(node)) {
    const more = node.items.length > MOST_ITEMS ? ', …' : '';
    return `[${node.items.slice(0, MOST_ITEMS).map(shown).join(', ')}${more}]`;
  }
  if (!isScalar(node)) return 'something else';
  const text = typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
