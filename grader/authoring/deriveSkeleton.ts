import type * as t from '@babel/types';
import { FUNCTIONS, walkTree } from '@im2grade/handout/walkTree';
import { UsageError } from '../model/errors.ts';
import { applyEdits, type Edit } from '../prove/operators/Source.ts';
import { type Fence, fencesIn } from './fences.ts';
import { parseSolution } from './parseSolution.ts';

const LIBRARY = '@im2grade/nn';
const STUB_ERROR = 'NotImplementedError';

/** A function with a name, and where it is. */
interface NamedFunction {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What students get of a solution. Inside a function, what is between `// BEGIN SOLUTION` and `// END SOLUTION` becomes
 * a `NotImplementedError` with the function's name and the question; outside of functions it is left out. Everything
 * else stays: signatures, comments, what is given.
 *
 * @param shown - the file, for messages
 * @throws UsageError with file and line if markers do not fit, there are none, or what they enclose is not whole
 *
 * @example
 * ```ts
 * deriveSkeleton('export function one(): number {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n}\n', 'one.ts');
 * // import { NotImplementedError } from '@im2grade/nn';
 * //
 * // export function one(): number {
 * //   throw new NotImplementedError('one', 'task 1');
 * // }
 * ```
 */
export function deriveSkeleton(text: string, shown: string): string {
  const fences = fencesIn(text, shown);
  const functions = namedFunctions(parseSolution(text, shown).program);
  const around = fences.map((fence) => functions.findLast((one) => one.start < fence.start && fence.end <= one.end));
  const asked = [...new Set(around.filter((one) => one !== undefined))];
  if (asked.length === 0)
    throw new UsageError(`${shown}: no function has anything between // BEGIN SOLUTION and // END SOLUTION`);
  const edits = fences.map((fence, i) => {
    const one = around[i];
    const isFirst = one !== undefined && around.indexOf(one) === i;
    return isFirst ? stubbed(fence, one.name, `task ${asked.indexOf(one) + 1}`) : removed(fence, text);
  });
  const derived = applyEdits(text, edits);
  requireWhole(derived, fences, shown);
  return withImport(derived, shown);
}

const stubbed = ({ start, end, indent, question }: Fence, name: string, task: string): Edit => ({
  start,
  end,
  text: `${indent}throw new ${STUB_ERROR}(${singleQuoted(name)}, ${singleQuoted(question === '' ? task : question)});\n`,
});

/** With the empty line that follows, if there is one before it too. */
function removed({ start, end }: Fence, text: string): Edit {
  const isBetween = (start === 0 || text.slice(0, start).endsWith('\n\n')) && text[end] === '\n';
  return { start, end: isBetween ? end + 1 : end, text: '' };
}

const singleQuoted = (text: string): string => `'${text.replaceAll(/['\\]/gu, '\\$&')}'`;

/** Outer functions before inner ones. */
function namedFunctions(program: t.Program): NamedFunction[] {
  const found: NamedFunction[] = [];
  walkTree(program, (node, ancestors) => {
    if (!FUNCTIONS.has(node.type)) return;
    const name = nameOf(node, ancestors);
    if (name !== undefined) found.push({ name, start: node.start!, end: node.end! });
  });
  return found;
}

/** `relu`, or `ReluLayer.forward` of a method; undefined of a function without a name. */
function nameOf(node: t.Node, ancestors: readonly t.Node[]): string | undefined {
  const parent = ancestors.at(-1);
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (node.type === 'ClassMethod' && node.key.type === 'Identifier') {
    const owner = ancestors.findLast(({ type }) => type === 'ClassDeclaration') as t.ClassDeclaration | undefined;
    return owner?.id ? `${owner.id.name}.${node.key.name}` : node.key.name;
  }
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}

function requireWhole(derived: string, fences: readonly Fence[], shown: string): void {
  try {
    parseSolution(derived, shown);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const lines = fences.map(({ line }) => line).join(', ');
    throw new UsageError(`${shown}: enclose whole statements with BEGIN and END SOLUTION (lines ${lines})`);
  }
}

/** Imports the stubs' error from the library, together with what is imported from there already. */
function withImport(text: string, shown: string): string {
  const imports = parseSolution(text, shown).program.body.filter((node) => node.type === 'ImportDeclaration');
  const there = imports.find(({ source }) => source.value === LIBRARY);
  if (!there) return `import { ${STUB_ERROR} } from '${LIBRARY}';\n${imports.length > 0 ? '' : '\n'}${text}`;
  const names = there.specifiers.map(({ start, end }) => text.slice(start!, end!));
  if (names.includes(STUB_ERROR)) return text;
  const isOfTypes = there.importKind === 'type';
  const all = [STUB_ERROR, ...names.map((name) => (isOfTypes ? `type ${name}` : name))];
  const edit = { start: there.start!, end: there.end!, text: `import { ${all.join(', ')} } from '${LIBRARY}';` };
  return applyEdits(text, [edit]);
}
