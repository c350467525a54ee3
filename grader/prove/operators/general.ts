import type * as t from '@babel/types';
import type { Operator } from './Operator.ts';
import type { Edit, Site } from './Source.ts';

/** Comparisons that differ at the boundary, or everywhere. */
const OTHER_COMPARISON: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
};

export const condition: Operator = (site) => {
  const { node } = site;
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression')
    return ['true', 'false'].map((constant) => site.replace(constant, node.test));
  if (node.type !== 'BinaryExpression' && node.type !== 'LogicalExpression') return [];
  const other = OTHER_COMPARISON[node.operator];
  // In a loop's test it is a bound.
  return other === undefined || isLoopTest(site) ? [] : [withOperator(site, node, other)];
};

const isLoopTest = ({ node, parent }: Site): boolean => parent.type === 'ForStatement' && parent.test === node;

/** Methods of arrays whose arguments are positions. */
const POSITIONED: ReadonlySet<string> = new Set(['subarray', 'slice', 'fill', 'set', 'copyWithin', 'share']);

export const bound: Operator = (site) => {
  const { node } = site;
  if (node.type === 'BinaryExpression' && isLoopTest(site)) return oneMoreOrLess(site, node.right);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const { property } = node.callee;
  if (property.type !== 'Identifier' || !POSITIONED.has(property.name)) return [];
  const first = property.name === 'fill' || property.name === 'set' ? 1 : 0;
  return node.arguments.slice(first).flatMap((argument) => oneMoreOrLess(site, argument));
};

const oneMoreOrLess = (site: Site, of: t.Node): Edit[][] =>
  ['+', '-'].map((sign) => site.replace(`(${site.text(of)}) ${sign} 1`, of));

const OTHER_ARITHMETIC: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '+',
  '/': '*',
  '%': '*',
  '+=': '-=',
  '-=': '+=',
  '*=': '+=',
};
const OTHER_FUNCTION: Readonly<Record<string, string>> = { max: 'min', min: 'max', floor: 'ceil', ceil: 'floor' };

export const arithmetic: Operator = (site) => {
  const { node } = site;
  if (node.type === 'UnaryExpression' && (node.operator === '-' || node.operator === '!'))
    return [site.replace(site.text(node.argument))];
  if (node.type === 'MemberExpression' && site.text(node.object) === 'Math' && node.property.type === 'Identifier') {
    const other = OTHER_FUNCTION[node.property.name];
    return other === undefined ? [] : [site.replace(`Math.${other}`)];
  }
  if (node.type !== 'BinaryExpression' && node.type !== 'AssignmentExpression') return [];
  const other = OTHER_ARITHMETIC[node.operator];
  return other === undefined ? [] : [withOperator(site, node, other)];
};

function withOperator(site: Site, { left, right, operator }: Binary, other: string): Edit[] {
  const between = site.between(left, right);
  return [{ start: left.end!, end: right.start!, text: between.replace(operator, other) }];
}
type Binary = t.BinaryExpression | t.LogicalExpression | t.AssignmentExpression;

export const statement: Operator = (site) => {
  const { node, parent } = site;
  if (node.type === 'ContinueStatement' || node.type === 'BreakStatement') return [site.replace(';')];
  // Without the call of its parent's constructor a class cannot be made at all.
  if (node.type === 'ExpressionStatement') return /^super\(/u.test(site.text()) ? [] : [site.replace(';')];
  // The first part of a loop's update counts; the others follow.
  if (parent.type === 'SequenceExpression' && parent.expressions.indexOf(node as t.Expression) > 0)
    return [site.replace('0')];
  return [];
};

export const constant: Operator = (site) => {
  const { node } = site;
  if (node.type === 'BooleanLiteral') return [site.replace(String(!node.value))];
  if (node.type !== 'NumericLiteral') return [];
  return [node.value + 1, node.value - 1].map((value) => site.replace(value < 0 ? `(${value})` : String(value)));
};
