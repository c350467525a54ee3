import type * as t from '@babel/types';
import type { Operator } from './Operator.ts';
import type { Site } from './Source.ts';

/** The name of the same size or index along the other axis; undefined if it has none. */
function otherAxis(name: string): string | undefined {
  const [head, last] = [name.slice(0, -1), name.at(-1)!];
  const other = { Y: 'X', X: 'Y', y: 'x', x: 'y', H: 'W', W: 'H' }[last];
  // Loops over rows and columns of an output and of a kernel.
  return other === undefined ? { m: 'l', l: 'm', i: 'j', j: 'i' }[name] : head + other;
}

/** Whether an identifier is read here: neither a declaration nor a property's name. */
function isRead({ node, parent, ancestors }: Site): boolean {
  if (node.type !== 'Identifier') return false;
  if (ancestors.some(({ type }) => type === 'ObjectPattern' || type === 'ArrayPattern')) return false;
  if (parent.type === 'MemberExpression') return parent.computed || parent.object === node;
  if (parent.type === 'ObjectProperty') return parent.value === node && !parent.shorthand;
  return !DECLARING.has(parent.type) || ('init' in parent && parent.init === node);
}

const DECLARING: ReadonlySet<string> = new Set([
  'VariableDeclarator',
  'FunctionDeclaration',
  'ClassDeclaration',
  'ClassMethod',
  'ClassProperty',
  'ArrowFunctionExpression',
  'ExportSpecifier',
  'UpdateExpression',
]);

export const axesSwapped: Operator = (site) => {
  if (!isRead(site)) return [];
  const other = otherAxis((site.node as t.Identifier).name);
  return other === undefined || !site.knows(other) ? [] : [site.replace(other)];
};

const STRIDE = /^S(?<axis>[yx])$/u;
const PADDING = /^P(?<axis>[yx])$/u;

/** A stride of 1, a padding of 0, and one in place of the other. */
export const strideAndPadding: Operator = (site) => {
  if (site.node.type === 'MemberExpression') return /\.padding$/u.test(site.text()) ? [site.replace('0')] : [];
  if (!isRead(site)) return [];
  const { name } = site.node as t.Identifier;
  const [stride, padding] = [STRIDE.exec(name)?.groups, PADDING.exec(name)?.groups];
  if (stride) return [site.replace('1'), site.replace(`P${stride['axis']}`)];
  if (padding) return [site.replace('0'), site.replace(`S${padding['axis']}`)];
  return [];
};

/** A counting loop: `for (let i = 0; i < n; i++)`. */
interface Loop {
  readonly index: string;
  readonly from: string;
  readonly bound: t.Node;
}

function loopOf(site: Site, node: t.Node): Loop | undefined {
  if (node.type !== 'ForStatement' || node.test?.type !== 'BinaryExpression' || node.test.operator !== '<')
    return undefined;
  const [counter] = node.init?.type === 'VariableDeclaration' ? node.init.declarations : [];
  if (counter?.id.type !== 'Identifier' || !counter.init) return undefined;
  return { index: counter.id.name, from: site.text(counter.init), bound: node.test.right };
}

/** One use of an index counts downwards; `flip` is left out. */
export const flipped: Operator = (site) => {
  const { node } = site;
  if (isCallOf(node, 'flip')) return [site.replace(site.text(node.arguments[0]))];
  if (!isRead(site)) return [];
  const { name } = node as t.Identifier;
  const around = site.ancestors.findLast((each) => loopOf(site, each)?.index === name);
  if (around?.type !== 'ForStatement' || !isInside(node, around.body)) return [];
  const { from, bound } = loopOf(site, around)!;
  return [site.replace(`(${site.text(bound)} - 1 - ${name}${from === '0' ? '' : ` + ${from}`})`)];
};

const isInside = (node: t.Node, around: t.Node): boolean => node.start! >= around.start! && node.end! <= around.end!;

const isCallOf = (node: t.Node, name: string): node is t.CallExpression =>
  node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name;

const isElement = (node: t.Node): node is t.MemberExpression => node.type === 'MemberExpression' && node.computed;

/** Whether a loop counts with a node: changed, it would never end. */
const isCount = ({ node, ancestors }: Site): boolean =>
  ancestors.some((each) => each.type === 'ForStatement' && each.update && isInside(node, each.update));

/** Assign for accumulate, and accumulate for assign. */
export const accumulated: Operator = (site) => {
  const { node } = site;
  if (node.type !== 'AssignmentExpression' || isCount(site)) return [];
  const { left, right, operator } = node;
  if (operator === '+=') return [site.replace(`${site.text(left)} = ${site.text(right)}`)];
  if (operator === '=' && isElement(left)) return [site.replace(`${site.text(left)} += ${site.text(right)}`)];
  return [];
};

/** A sum divided by its number of terms, or a mean that is not divided. */
export const meanForSum: Operator = (site) => {
  const { node, ancestors } = site;
  if (isCallOf(node, 'scale')) return [site.replace(site.text(node.arguments[0]))];
  if (node.type !== 'AssignmentExpression' || node.operator !== '=' || node.right.type !== 'Identifier') return [];
  const sum = node.right.name;
  const block = ancestors.findLast(({ type }) => type === 'BlockStatement') as t.BlockStatement | undefined;
  const loop = block?.body.find(
    (each) => each.type === 'ForStatement' && new RegExp(`\\b${sum} \\+=`, 'u').test(site.text(each)),
  );
  const counting = loop && loopOf(site, loop);
  return counting ? [site.replace(`${sum} / (${site.text(counting.bound)})`, node.right)] : [];
};

/** Operands of a product swapped or transposed, rows and columns of an index exchanged. */
export const transposed: Operator = (site) => {
  const { node, parent } = site;
  if (node.type === 'StringLiteral' && (node.value === 'N' || node.value === 'T'))
    return [site.replace(node.value === 'N' ? "'T'" : "'N'")];
  if (isCallOf(node, 'matmul')) {
    const [a, b, ...rest] = node.arguments.map((argument) => site.text(argument));
    return [site.replace(`matmul(${[b, a, ...rest].join(', ')})`)];
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return [];
  if (!isElement(parent) && parent.type !== 'VariableDeclarator') return [];
  const { left, right } = node;
  if (left.type !== 'BinaryExpression' || left.operator !== '*' || right.type !== 'Identifier') return [];
  return [site.replace(`(${site.text(right)}) * ${site.text(left.right)} + (${site.text(left.left)})`)];
};

/** A loop that handles its first index only: the first image, channel, map or row. */
export const firstOnly: Operator = (site) => {
  const loop = loopOf(site, site.node);
  return loop ? [site.replace(`Math.min(${loop.from} + 1, ${site.text(loop.bound)})`, loop.bound)] : [];
};

const BLOCK = 4;

/** A loop in blocks that forgets the remainder. */
export const remainderForgotten: Operator = (site) => {
  const loop = loopOf(site, site.node);
  if (!loop) return [];
  const bound = site.text(loop.bound);
  return [site.replace(`${bound} - (${bound} - ${loop.from}) % ${BLOCK}`, loop.bound)];
};

/** Results rounded to single precision. */
export const lowerPrecision: Operator = (site) => {
  const { node } = site;
  if (node.type !== 'AssignmentExpression' || isCount(site)) return [];
  const { left, right, operator } = node;
  const [to, value] = [site.text(left), site.text(right)];
  if (operator === '+=') return [site.replace(`${to} = Math.fround(${to} + (${value}))`)];
  return operator === '=' && isElement(left) ? [site.replace(`${to} = Math.fround(${value})`)] : [];
};

/** Indices that were kept in a table of 8 or 16 bits. */
export const narrowIndex: Operator = (site) => {
  const { node } = site;
  if (!isElement(node) || node.property.type !== 'BinaryExpression') return [];
  // Numbers of layers, images and channels are small.
  const isSmall = node.property.operator === '%' || site.text(node.property).includes('this.');
  if (isSmall) return [];
  return ['0xff', '0xffff'].map((mask) => site.replace(`(${site.text(node.property)}) & ${mask}`, node.property));
};

/** What a function makes anew for each call is kept from the first, or from the first call of the same size. */
export const keptBetweenCalls: Operator = (site) => {
  const { node } = site;
  const isMade = node.type === 'NewExpression' || isCallOf(node, 'zeros');
  if (!isMade || site.function === undefined || node.arguments.length === 0) return [];
  const [size] = node.arguments;
  const kept = site.append('var keptBetweenCalls: any;');
  const keptByLength = site.append('var keptBetweenCalls: any = {};');
  return [
    [...site.replace(`(keptBetweenCalls ??= ${site.text()})`), kept],
    [...site.replace(`(keptBetweenCalls[JSON.stringify(${site.text(size)})] ??= ${site.text()})`), keptByLength],
  ];
};
