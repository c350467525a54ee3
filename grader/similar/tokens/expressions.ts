import type { AssignmentExpression, BinaryExpression, CallExpression, LogicalExpression, Node } from '@babel/types';
import type { Reader, Rules } from './Reader.ts';
import { isCallFree, unwrapped } from './nodes.ts';
import { isSame, sorted, token, type Token } from './Token.ts';

const inner = (node: Node, reader: Reader): Token[] => reader.tokens(unwrapped(node));
const word = (text: string) => (node: Node) => [token(text, node)];

export const EXPRESSIONS: Rules = {
  TSAsExpression: inner,
  TSNonNullExpression: inner,
  TSSatisfiesExpression: inner,
  TSTypeAssertion: inner,
  TSInstantiationExpression: inner,
  ParenthesizedExpression: inner,
  AwaitExpression: inner,
  SequenceExpression: ({ expressions }, reader) => reader.block(expressions),
  ThisExpression: () => [],
  Super: word('super'),
  Identifier: (node, reader) => {
    const meaning = reader.names.meaningOf(node.name);
    if (meaning?.kind === 'given') return [token(`.${meaning.name}`, node)];
    if (meaning?.kind === 'expression') return reader.tokens(meaning.node);
    return [token(meaning ? 'id' : `.${node.name}`, node)];
  },
  NumericLiteral: (node) => [token(String(node.value), node)],
  BooleanLiteral: (node) => [token(String(node.value), node)],
  NullLiteral: word('null'),
  StringLiteral: (node) => [token(KEYWORD.test(node.value) ? `'${node.value}` : 'text', node)],
  TemplateLiteral: (node, reader) => [token('text', node), ...reader.all(node.expressions)],
  MemberExpression: member,
  OptionalMemberExpression: member,
  CallExpression: call,
  OptionalCallExpression: (node, reader) => [
    token('call', node),
    ...reader.tokens(node.callee),
    ...reader.all(node.arguments),
  ],
  NewExpression: (node, reader) => [token('new', node), ...reader.tokens(node.callee), ...reader.all(node.arguments)],
  ArrayExpression: (node, reader) => [token('list', node), ...reader.all(node.elements)],
  ObjectExpression: (node, reader) => [
    token('object', node),
    ...sorted(node.properties.map((property) => reader.tokens(property))),
  ],
  ObjectProperty: (node, reader) => {
    const { key, computed } = node;
    const name = computed ? reader.tokens(key) : [token(key.type === 'Identifier' ? `${key.name}:` : 'key', key)];
    return [...name, ...reader.tokens(node.value)];
  },
  SpreadElement: (node, reader) => [token('...', node), ...reader.tokens(node.argument)],
  UnaryExpression: (node, reader) => {
    if (node.operator === '!' || node.operator === '+') return reader.tokens(node.argument);
    return [token(node.operator, node), ...reader.tokens(node.argument)];
  },
  UpdateExpression: (node, reader) => [
    token(`${node.operator[0]}=`, node),
    ...reader.tokens(node.argument),
    token('1', node),
  ],
  BinaryExpression: binary,
  LogicalExpression: logical,
  AssignmentExpression: assignment,
};

/** A word that means something to a function, not a sentence for people. */
const KEYWORD = /^[\w-]{1,12}$/u;

/** A property is known by its own name; what has it goes by many. */
function member(node: Node & { object: Node; property: Node; computed: boolean }, reader: Reader): Token[] {
  const { object, property, computed } = node;
  if (computed) return [token('at', node), ...reader.tokens(object), ...reader.tokens(property)];
  const name = property.type === 'PrivateName' ? property.id.name : (property as Node & { name: string }).name;
  const text = reader.ownMembers.has(name) ? 'own' : `.${name}`;
  return [...(isCallFree(object) ? [] : reader.tokens(object)), token(text, property)];
}

const ROUNDING = new Set(['floor', 'trunc']);

function call(node: CallExpression, reader: Reader): Token[] {
  const { callee, arguments: given } = node;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
    const { name } = callee.property;
    if (ROUNDING.has(name)) return [token('whole', node), ...reader.all(given)];
    const [first] = given;
    if (name === 'forEach' && given.length === 1 && 'body' in first)
      return [token('loop', node), ...reader.tokens(callee.object), ...reader.tokens(first.body as Node)];
  }
  return [token('call', node), ...reader.tokens(callee), ...reader.all(given)];
}

const ORDERS = new Set(['<', '<=', '>', '>=']);
const EQUALITIES = new Set(['==', '===', '!=', '!==']);

/** Operands that may be exchanged are in an order of their own, and a comparison says the same as its negation. */
function binary(node: BinaryExpression, reader: Reader): Token[] {
  const { operator, left, right } = node;
  if (ORDERS.has(operator) || EQUALITIES.has(operator)) {
    const word = token(ORDERS.has(operator) ? 'less' : 'equal', node);
    return [word, ...sorted([reader.tokens(left), reader.tokens(right)])];
  }
  if (operator === '|' && right.type === 'NumericLiteral' && right.value === 0)
    return [token('whole', node), ...reader.tokens(left)];
  if (operator === '+' || operator === '-') return [token('sum', node), ...sorted(termsOf(node, '', reader))];
  if (operator === '*') return [token('*', node), ...sorted(factorsOf(node, reader))];
  return [token(operator, node), ...reader.tokens(left), ...reader.tokens(right)];
}

/** The terms of a sum, those that are taken away with a minus. */
function termsOf(node: Node, sign: '' | '-', reader: Reader): Token[][] {
  const plain = reader.meant(node);
  if (plain.type === 'BinaryExpression' && (plain.operator === '+' || plain.operator === '-')) {
    const other = plain.operator === '+' ? sign : opposite(sign);
    return [...termsOf(plain.left, sign, reader), ...termsOf(plain.right, other, reader)];
  }
  if (plain.type === 'UnaryExpression' && plain.operator === '-')
    return termsOf(plain.argument, opposite(sign), reader);
  const tokens = reader.tokens(plain);
  return [sign === '' ? tokens : [token('-', plain), ...tokens]];
}

const opposite = (sign: '' | '-'): '' | '-' => (sign === '' ? '-' : '');

function factorsOf(node: Node, reader: Reader): Token[][] {
  const plain = reader.meant(node);
  return plain.type === 'BinaryExpression' && plain.operator === '*'
    ? [...factorsOf(plain.left, reader), ...factorsOf(plain.right, reader)]
    : [reader.tokens(plain)];
}

/** `and` is `or` of the opposites. */
function logical(node: LogicalExpression, reader: Reader): Token[] {
  if (node.operator === '??') return [token('??', node), ...reader.tokens(node.left), ...reader.tokens(node.right)];
  return [token('logic', node), ...sorted(conditionsOf(node, reader))];
}

function conditionsOf(node: Node, reader: Reader): Token[][] {
  const plain = reader.meant(node);
  if (plain.type === 'UnaryExpression' && plain.operator === '!') return conditionsOf(plain.argument, reader);
  return plain.type === 'LogicalExpression' && plain.operator !== '??'
    ? [...conditionsOf(plain.left, reader), ...conditionsOf(plain.right, reader)]
    : [reader.tokens(plain)];
}

/** `x = x + y` is `x += y`, and `[a, b] = [c, d]` two assignments. */
function assignment(node: AssignmentExpression, reader: Reader): Token[] {
  const { operator, left } = node;
  const right = reader.meant(node.right);
  if (left.type === 'ArrayPattern' && right.type === 'ArrayExpression')
    return sorted(
      left.elements.map((each, i) => [token('=', node), ...reader.tokens(each), ...reader.tokens(right.elements[i])]),
    );
  const target = reader.tokens(left);
  if (operator === '=' && right.type === 'BinaryExpression' && '+-*/'.includes(right.operator)) {
    const [first, second] = [reader.tokens(right.left), reader.tokens(right.right)];
    const word = token(`${right.operator}=`, node);
    if (isSame(first, target)) return [word, ...target, ...second];
    if (isSame(second, target) && '+*'.includes(right.operator)) return [word, ...target, ...first];
  }
  return [token(operator, node), ...target, ...reader.tokens(right)];
}
