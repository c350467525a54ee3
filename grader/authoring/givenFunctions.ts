import type * as t from '@babel/types';
import { exportedLater } from './exportedLater.ts';
import { fencesIn } from './fences.ts';
import { functionsIn } from './functionsIn.ts';
import { parseSolution } from './parseSolution.ts';

/**
 * The functions and classes that a solution exports and that students get as they are: no part of them is between
 * `// BEGIN SOLUTION` and `// END SOLUTION`.
 *
 * @param shown - the file, for messages
 *
 * @example
 * ```ts
 * givenFunctions('export function one(): number {\n  return 1;\n}\n', 'one.ts'); // ['one']
 * ```
 */
export function givenFunctions(text: string, shown: string): string[] {
  const { program } = parseSolution(text, shown);
  const [fences, functions, later] = [fencesIn(text, shown), functionsIn(program), exportedLater(program.body)];
  return program.body
    .flatMap((node) => declaredBy(node).map(({ name, isExported }) => ({ node, name, isExported })))
    .filter(({ name, isExported }) => isExported || later.has(name))
    .filter(({ node }) => functions.some(({ start, end }) => node.start! <= start && end <= node.end!))
    .filter(({ node }) => !fences.some(({ start, end }) => start < node.end! && node.start! < end))
    .map(({ name }) => name);
}

interface Declared {
  readonly name: string;
  readonly isExported: boolean;
}

function declaredBy(node: t.Node, isExported = false): Declared[] {
  switch (node.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return node.declaration ? declaredBy(node.declaration, true) : [];
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [{ name: node.id?.name ?? 'default', isExported }];
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [{ name: id.name, isExported }] : []));
    default:
      return [];
  }
}
