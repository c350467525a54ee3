import type * as t from '@babel/types';
import { walkTree } from '@im2grade/handout/walkTree';
import type { Rewriter } from './disguise.ts';

/** How a kind of node is written anew; undefined if this one stays. */
type Rule<N extends t.Node> = (node: N, rewriter: Rewriter) => string | undefined;

const OFTEN = 0.7;

const RULES_BY_TYPE: { readonly [T in t.Node['type']]?: Rule<Extract<t.Node, { type: T }>> } = {
  TSTypeAnnotation: () => '',
  Identifier: (node, rewriter) => {
    const type = node.typeAnnotation ? rewriter.rewritten(node.typeAnnotation) : '';
    return `${rewriter.nameOf(node.name)}${type}`;
  },
  MemberExpression: (node, rewriter) =>
    node.computed || node.property.type !== 'Identifier'
      ? undefined
      : `${rewriter.rewritten(node.object)}.${node.property.name}`,
  ObjectProperty: (node, rewriter) =>
    node.computed || node.key.type !== 'Identifier' ? undefined : `${node.key.name}: ${rewriter.rewritten(node.value)}`,
  ForStatement: (node, rewriter) => (rewriter.happens(OFTEN) ? asWhile(node, rewriter) : undefined),
  UpdateExpression: (node, rewriter) =>
    rewriter.happens(OFTEN) ? `${rewriter.rewritten(node.argument)} ${node.operator[0]}= 1` : undefined,
  AssignmentExpression: (node, rewriter) => {
    const operator = node.operator.slice(0, -1);
    if (!['+', '-', '*'].includes(operator) || !rewriter.happens(OFTEN)) return undefined;
    const [left, right] = [rewriter.rewritten(node.left), rewriter.rewritten(node.right)];
    return `${left} = ${left} ${operator} (${right})`;
  },
  BinaryExpression: (node, rewriter) => {
    const turned = TURNED[node.operator];
    if (turned === undefined || !isNumeric(node) || !rewriter.happens(OFTEN)) return undefined;
    return `(${rewriter.rewritten(node.right)}) ${turned} (${rewriter.rewritten(node.left)})`;
  },
  LogicalExpression: (node, rewriter) => {
    if (node.operator === '??' || !rewriter.happens(OFTEN)) return undefined;
    const other = node.operator === '&&' ? '||' : '&&';
    return `!(!(${rewriter.rewritten(node.left)}) ${other} !(${rewriter.rewritten(node.right)}))`;
  },
  IfStatement: (node, rewriter) => {
    const { test, consequent, alternate } = node;
    if (!alternate || !rewriter.happens(OFTEN)) return undefined;
    const [yes, no] = [consequent, alternate].map((way) => `{ ${rewriter.rewritten(way)} }`);
    return `if (!(${rewriter.rewritten(test)})) ${no} else ${yes}`;
  },
  BlockStatement: (node, rewriter) => `{\n${statements(node.body, rewriter).join('\n')}\n}`,
  ClassBody: (node, rewriter) => {
    const isField = ({ type }: t.Node) => type === 'ClassProperty';
    const [fields, methods] = [node.body.filter(isField), node.body.filter((each) => !isField(each))];
    return `{\n${[...fields, ...rewriter.shuffled(methods)].map((each) => rewriter.rewritten(each)).join('\n\n')}\n}`;
  },
};

/** By any node's type: the rule of its own. */
export const RULES = RULES_BY_TYPE as Readonly<Record<string, Rule<t.Node> | undefined>>;

/** What an operator becomes if its operands change places. */
const TURNED: Readonly<Record<string, string | undefined>> = {
  '+': '+',
  '*': '*',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '===': '===',
  '!==': '!==',
};

/** Whether it adds no text. */
const isNumeric = ({ left, right }: t.BinaryExpression): boolean =>
  [left, right].every(({ type }) => type !== 'StringLiteral' && type !== 'TemplateLiteral' && type !== 'PrivateName');

/** A loop that goes on before its end, or declares what it needs in itself only, stays. */
function asWhile({ init, test, update, body }: t.ForStatement, rewriter: Rewriter): string | undefined {
  let goesOn = false;
  walkTree(body, ({ type }) => {
    if (type === 'ContinueStatement') goesOn = true;
  });
  if (!init || !test || !update || goesOn) return undefined;
  const [first, condition, inner, step] = [init, test, body, update].map((each) => rewriter.rewritten(each));
  return `{ ${first.replace(/;?$/u, ';')} while (${condition}) { ${inner} ${step}; } }`;
}

/** Constants that do not depend on each other change places, and some lines do nothing. */
function statements(body: readonly t.Statement[], rewriter: Rewriter): string[] {
  const lines = reordered(body, rewriter).map((each) => rewriter.rewritten(each));
  return lines.flatMap((line) => (rewriter.happens(0.15) ? [rewriter.nothing(), line] : [line]));
}

function reordered(body: readonly t.Statement[], rewriter: Rewriter): t.Statement[] {
  const result = [...body];
  for (let at = 1; at < result.length; at++)
    if (isIndependent(result[at - 1], result[at]) && rewriter.happens(0.5))
      [result[at - 1], result[at]] = [result[at], result[at - 1]];
  return result;
}

/** Two constants, neither of which uses the other. */
function isIndependent(one: t.Statement, other: t.Statement): boolean {
  if (one.type !== 'VariableDeclaration' || other.type !== 'VariableDeclaration') return false;
  const [first, second] = [namesIn(one), namesIn(other)];
  return ![...first].some((name) => second.has(name)) && ![one, other].some(calls);
}

function namesIn(node: t.Node): Set<string> {
  const names = new Set<string>();
  walkTree(node, (each) => each.type === 'Identifier' && names.add(each.name));
  return names;
}

function calls(node: t.Node): boolean {
  let found = false;
  walkTree(node, ({ type }) => (found ||= type === 'CallExpression'));
  return found;
}
