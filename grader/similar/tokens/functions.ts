import type { Node } from '@babel/types';
import { childrenOf } from '@im2grade/handout/walkTree';
import type { Reader, Rules } from './Reader.ts';
import { token, type Token } from './Token.ts';

/** A function with a name is read on its own: its place in the file does not matter. */
function apart(node: Node & { body: Node }, reader: Reader): Token[] {
  reader.unit(node, () => reader.tokens(node.body));
  return [];
}

/** A function without a name is read in its place. */
const inPlace = (node: Node & { body: Node }, reader: Reader): Token[] => [
  token('function', node),
  ...reader.tokens(node.body),
];

/** A field is read as an assignment; a function in it as a method. */
function field(node: Node & { value?: Node | null }, reader: Reader): Token[] {
  const { value } = node;
  if (!value) return [];
  if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') return apart(value, reader);
  return [token('=', node), ...reader.tokens(value)];
}

export const FUNCTIONS: Rules = {
  FunctionDeclaration: apart,
  ClassMethod: apart,
  ClassPrivateMethod: apart,
  ObjectMethod: apart,
  ArrowFunctionExpression: inPlace,
  FunctionExpression: inPlace,
  ClassDeclaration: ({ body }, reader) => reader.tokens(body),
  ClassExpression: ({ body }, reader) => reader.tokens(body),
  ClassBody: ({ body }, reader) => reader.all(body),
  ClassProperty: field,
  ClassPrivateProperty: field,
};

/** The methods and fields that a source declares itself, which it may name as it likes. */
export function ownMembersOf(root: Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (/^Class\w*(?:Method|Property)$/u.test(node.type)) {
      const { key } = node as Node & { key: Node };
      if (key.type === 'Identifier') names.add(key.name);
      if (key.type === 'PrivateName') names.add(key.id.name);
    }
    childrenOf(node).forEach(visit);
  };
  visit(root);
  return names;
}
