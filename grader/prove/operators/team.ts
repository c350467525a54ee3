import type * as t from '@babel/types';
import type { Operator } from './Operator.ts';

/** The arguments of a call of one of the team's methods, as text; undefined for any other node. */
function argumentsOf(node: t.Node, method: string, text: (node: t.Node) => string): string[] | undefined {
  if (node.type !== 'CallExpression' || text(node.callee) !== `team.${method}`) return undefined;
  return node.arguments.map(text);
}

/** Shares that lose rows, or give rows to two members. */
export const wrongShare: Operator = (site) => {
  const [n] = argumentsOf(site.node, 'share', (node) => site.text(node)) ?? [];
  if (n === undefined) return [];
  const each = `Math.floor((${n}) / team.size)`;
  return [
    // The remainder is in no share.
    `[team.rank * ${each}, (team.rank + 1) * ${each}] as [number, number]`,
    // Every member does everything.
    `[0, ${n}] as [number, number]`,
    // Neighbours overlap by a row.
    `team.share(${n}).map((at, i) => (i === 0 ? Math.max(0, at - 1) : at)) as [number, number]`,
    // The first member does it all.
    `(team.rank === 0 ? [0, ${n}] : [0, 0]) as [number, number]`,
    // Blocks of four rows; the remainder of each share is lost.
    `team.share(${n}).map((at, i, all) => (i === 1 ? at - ((at - all[0]) % 4) : at)) as [number, number]`,
  ].map((text) => site.replace(`(${text})`));
};

/** A reduction that is missing, or made without synchronisation. */
export const missingReduction: Operator = (site) => {
  const [part, sum] = argumentsOf(site.node, 'reduce', (node) => site.text(node)) ?? [];
  if (part === undefined || sum === undefined) return [];
  return [
    `${sum}.set(${part})`,
    `team.rank === 0 && ${sum}.set(${part})`,
    // A race: the last member to arrive sets the sum to zero.
    `(${part} !== ${sum} && (${sum}.fill(0), ${part}.forEach((value, i) => (${sum}[i] += value))))`,
    `(${part} !== ${sum} && (team.rank === 0 && ${sum}.fill(0), team.barrier(), ${part}.forEach((value, i) => (${sum}[i] += value))))`,
  ].map((text) => site.replace(text));
};
