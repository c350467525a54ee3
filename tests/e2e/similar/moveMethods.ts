import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import { walkTree } from '@im2grade/handout/walkTree';

/**
 * Two files after methods of the first have moved into a class of the second, as somebody would move them who hides where
 * they are from. What calls them is left as it is: it is not run.
 *
 * @returns the first without them, and the second with them
 */
export function moveMethods(from: string, to: string, names: readonly string[]): [string, string] {
  const { program } = parse(from, { sourceType: 'module', plugins: ['typescript'] });
  const methods: t.ClassMethod[] = [];
  walkTree(program, (node) => {
    if (node.type === 'ClassMethod' && node.key.type === 'Identifier' && names.includes(node.key.name))
      methods.push(node);
  });
  let left = from;
  for (const { start, end } of [...methods].reverse()) left = left.slice(0, start!) + left.slice(end!);
  const moved = methods.map(({ start, end }) => from.slice(start!, end!).replace(/^override /u, ''));
  return [left, `${to}\nexport class Parts {\n  declare geometry: any;\n${moved.join('\n\n')}\n}\n`];
}
