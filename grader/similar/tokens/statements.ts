import type { Node } from '@babel/types';
import type { Reader, Rules } from './Reader.ts';
import { isAlias, statementsOf, unwrapped } from './nodes.ts';
import { sorted, token, type Token } from './Token.ts';

const nothing = (): Token[] => [];

/** A loop without its kind: the first values come before it, the step is its body's last statement. */
const loop = (node: Node, test: Node | null | undefined, body: readonly Node[], reader: Reader): Token[] => [
  token('loop', node),
  ...reader.tokens(test),
  ...reader.block(body),
];

/** A choice: which way round it is asked does not matter. */
const choice = (node: Node, test: Node, ways: readonly (readonly Node[])[], reader: Reader): Token[] => [
  token('if', node),
  ...reader.tokens(test),
  ...sorted(ways.map((way) => reader.block(way))),
];

export const STATEMENTS: Rules = {
  File: ({ program }, reader) => reader.tokens(program),
  Program: ({ body }, reader) => reader.block(body),
  BlockStatement: ({ body }, reader) => reader.block(body),
  StaticBlock: ({ body }, reader) => reader.block(body),
  ExpressionStatement: ({ expression }, reader) => (isLog(expression) ? [] : reader.tokens(expression)),
  ExportNamedDeclaration: ({ declaration }, reader) =>
    declaration?.type === 'VariableDeclaration'
      ? declaration.declarations.flatMap((each) => valueOf(each, each.id, each.init, reader))
      : reader.tokens(declaration),
  ExportDefaultDeclaration: ({ declaration }, reader) => reader.tokens(declaration),
  ExportAllDeclaration: nothing,
  ImportDeclaration: nothing,
  EmptyStatement: nothing,
  DebuggerStatement: nothing,
  Directive: nothing,
  // A way out of a block is another way to write the block's condition.
  ContinueStatement: nothing,
  BreakStatement: nothing,
  ReturnStatement: ({ argument }, reader) => reader.tokens(argument),
  ForStatement: (node, reader) =>
    loop(node, node.test, [...statementsOf(node.body), ...(node.update ? [node.update] : [])], reader),
  WhileStatement: (node, reader) => loop(node, node.test, statementsOf(node.body), reader),
  DoWhileStatement: (node, reader) => loop(node, node.test, statementsOf(node.body), reader),
  ForOfStatement: (node, reader) => loop(node, node.right, statementsOf(node.body), reader),
  ForInStatement: (node, reader) => loop(node, node.right, statementsOf(node.body), reader),
  IfStatement: (node, reader) =>
    choice(
      node,
      node.test,
      [node.consequent, ...(node.alternate ? [node.alternate] : [])].map((way) => statementsOf(way)),
      reader,
    ),
  ConditionalExpression: (node, reader) => choice(node, node.test, [[node.consequent], [node.alternate]], reader),
  VariableDeclaration: ({ declarations }, reader) =>
    declarations.flatMap((each) => declared(each, each.id, each.init, reader)),
};

/** A declaration is an assignment; one that only gives another name, or a value that nobody uses, is nothing. */
function declared(at: Node, id: Node, init: Node | null | undefined, reader: Reader): Token[] {
  const isNothing = id.type === 'Identifier' && !reader.names.isValue(id) && !(init && isFunction(init));
  return isNothing ? [] : valueOf(at, id, init, reader);
}

function valueOf(at: Node, id: Node, init: Node | null | undefined, reader: Reader): Token[] {
  if (!init) return [];
  const value = unwrapped(init);
  if (isFunction(value)) {
    reader.unit(value, () => reader.tokens(value.body));
    return [];
  }
  if (id.type === 'ArrayPattern' && value.type === 'ArrayExpression')
    return sorted(id.elements.map((each, i) => (each ? declared(at, each, value.elements[i], reader) : [])));
  if (id.type === 'ObjectPattern') return isAlias(value) || isPath(value) ? [] : reader.tokens(value);
  return [token('=', at), token('id', id), ...reader.tokens(value)];
}

const isFunction = (node: Node): node is Extract<Node, { type: 'ArrowFunctionExpression' | 'FunctionExpression' }> =>
  node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';

/** `act[this.ID]`: what a pattern takes out of it has names enough. */
const isPath = (node: Node): boolean =>
  node.type === 'MemberExpression' && ['Identifier', 'ThisExpression', 'MemberExpression'].includes(node.object.type);

/** What a loop does before it begins comes before it; blocks without a head, labels and lists of expressions are opened. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'ForStatement':
      return node.init ? [node.init, { ...node, init: null }] : [node];
    case 'BlockStatement':
      return node.body.flatMap(partsOf);
    case 'LabeledStatement':
      return partsOf(node.body);
    case 'ExpressionStatement':
      return node.expression.type === 'SequenceExpression' ? node.expression.expressions : [node];
    case 'SequenceExpression':
      return node.expressions;
    default:
      return [node];
  }
}

const SIMPLE = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'AssignmentExpression',
  'UpdateExpression',
  'CallExpression',
]);

export const isSimple = ({ type }: Node): boolean => SIMPLE.has(type);

/** `console.log(…)` changes no result. */
const isLog = (node: Node): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === 'console';
