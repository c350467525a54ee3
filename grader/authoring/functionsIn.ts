import type * as t from '@babel/types';
import { FUNCTIONS, walkTree } from '@im2grade/handout/walkTree';

/** A function in a source, with its place. */
export interface FoundFunction {
  /** Of itself or else of the nearest function around it that has one: `relu`, `ReluLayer.forward`. */
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** All functions of a program, outer ones before inner ones. */
export function functionsIn(program: t.Program): FoundFunction[] {
  const found: FoundFunction[] = [];
  walkTree(program, (node, ancestors) => {
    if (!FUNCTIONS.has(node.type)) return;
    const [start, end] = [node.start!, node.end!];
    const outer = found.findLast((one) => one.start < start && end <= one.end);
    found.push({ name: nameOf(node, ancestors) ?? outer?.name, start, end });
  });
  return found;
}

function nameOf(node: t.Node, ancestors: readonly t.Node[]): string | undefined {
  const parent = ancestors.at(-1);
  switch (node.type) {
    case 'FunctionDeclaration':
      return node.id?.name ?? 'default';
    case 'ClassMethod':
    case 'ClassPrivateMethod':
    case 'ObjectMethod':
      return memberName(node.key, ancestors);
  }
  switch (parent?.type) {
    case 'VariableDeclarator':
      return variableName(parent);
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ObjectProperty':
      return memberName(parent.key, ancestors.slice(0, -1));
    case 'ExportDefaultDeclaration':
      return 'default';
  }
  return undefined;
}

/** Of a method or a field, with the name of what it belongs to. */
function memberName(key: t.Node, ancestors: readonly t.Node[]): string | undefined {
  const name = keyName(key);
  const owner = ownerName(ancestors);
  return name !== undefined && owner !== undefined ? `${owner}.${name}` : (name ?? owner);
}

function keyName(key: t.Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return key.type === 'StringLiteral' ? key.value : undefined;
}

/** Of the class or the object. */
function ownerName(ancestors: readonly t.Node[]): string | undefined {
  const at = ancestors.findLastIndex(
    ({ type }) => type === 'ClassDeclaration' || type === 'ClassExpression' || type === 'ObjectExpression',
  );
  const [owner, around] = [ancestors[at], ancestors[at - 1]];
  const own = owner?.type === 'ClassDeclaration' || owner?.type === 'ClassExpression' ? owner.id?.name : undefined;
  return own ?? (around?.type === 'VariableDeclarator' ? variableName(around) : undefined);
}

const variableName = ({ id }: t.VariableDeclarator): string | undefined =>
  id.type === 'Identifier' ? id.name : undefined;
