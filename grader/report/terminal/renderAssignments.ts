import pc from 'picocolors';
import stringWidth from 'string-width';
import type { AssignmentSummary } from '../../model/assignmentSummary.ts';
import { points } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';

/** All assignments, each with its groups' points and what is handed in, at most `width` columns wide. */
export function renderAssignments(
  all: readonly AssignmentSummary[],
  style: { width: number; colour: boolean },
): string {
  const paint = pc.createColors(style.colour);
  const blocks = all.map(({ id, title, deliverables, groups, ...worth }) => [
    `${paint.bold(id)}  ${title}`,
    ...groups.flatMap((group) => row(group.group, worthOf(group), style.width)),
    ...row('total', worthOf(worth), style.width),
    ...deliverables.map(({ path, exports, optional }) => deliverableRow(path, exports, optional)),
  ]);
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

const worthOf = (worth: { readonly points: number; readonly bonus: number }): string =>
  [worth.points > 0 ? points(worth.points) : '', worth.bonus > 0 ? `+${points(worth.bonus)} bonus` : '']
    .filter(Boolean)
    .join(' ');

/** Text to the left, its points to the right. */
function row(text: string, worth: string, width: number): string[] {
  const room = Math.min(width, 100) - 2 - stringWidth(worth);
  const lines = wrap(text, room - 1);
  const last = lines.pop()!;
  return [...lines, last.padEnd(last.length + room - stringWidth(last)) + worth].map((line) => `  ${line}`);
}

function deliverableRow(path: string, exports: readonly string[], optional: boolean): string {
  const about = exports.length > 0 ? exports.join(', ') : optional ? 'optional' : '';
  return `    ${path.padEnd(26)} ${about}`.trimEnd();
}
