import { isScalar, isSeq, type Node } from 'yaml';
import { type AskedCell, Either, Near } from './asked.ts';

const MOST_SHOWN = 60;
const MOST_ITEMS = 8;

/** Why the content of a cell is not what is asked for; undefined if it is. The right answer is not revealed. */
export function judgeCell(asked: AskedCell, written: Node): string | undefined {
  if (asked instanceof Either) {
    const problems = asked.answers.map((answer) => judgeCell(answer, written));
    return problems.includes(undefined) ? undefined : problems[0];
  }
  if (Array.isArray(asked)) return judgeShape(asked, written);
  const value = numberIn(written);
  if (value === undefined) return `must be a number, not ${shown(written)}`;
  const [right, within] = asked instanceof Near ? [asked.value, asked.within] : [asked as number, 0];
  return Math.abs(value - right) <= within ? undefined : `${value} is not right`;
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
