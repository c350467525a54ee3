import type * as t from '@babel/types';
import { walkTree } from '@im2grade/handout/walkTree';
import { UsageError } from '../model/errors.ts';
import { applyEdits, type Edit } from '../prove/operators/Source.ts';
import { type Fence, fencesIn } from './fences.ts';
import { importStubError, STUB_ERROR } from './importStubError.ts';
import { type FoundFunction, functionsIn } from './functionsIn.ts';
import { parseSolution } from './parseSolution.ts';

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
  const { program } = parseSolution(text, shown);
  requireWholeNodes(program, fences, shown);
  const functions = functionsIn(program);
  const around = fences.map((fence) => functions.findLast((one) => one.start < fence.start && fence.end <= one.end));
  const asked = [...new Set(around.flatMap((one) => one?.name ?? []))];
  if (around.every((one) => one === undefined))
    throw new UsageError(`${shown}: no function has anything between // BEGIN SOLUTION and // END SOLUTION`);
  const edits = fences.map((fence, i) => {
    const one = around[i];
    if (one === undefined || around.indexOf(one) < i) return removed(fence, text);
    return stubbed(fence, one, (name) => `task ${asked.indexOf(name) + 1}`, shown);
  });
  requireWholeStatements(text, fences, edits, shown);
  return importStubError(applyEdits(text, edits), shown);
}

/** @param taskOf - the question if the fence does not name it */
function stubbed(
  { start, end, indent, question, line }: Fence,
  { name }: FoundFunction,
  taskOf: (name: string) => string,
  shown: string,
): Edit {
  if (name === undefined) throw new UsageError(`${shown}:${line}: give the function around BEGIN SOLUTION a name`);
  const asked = question === '' ? taskOf(name) : question;
  return { start, end, text: `${indent}throw new ${STUB_ERROR}(${singleQuoted(name)}, ${singleQuoted(asked)});\n` };
}

/** With the empty line that follows, if there is one before it too. */
function removed({ start, end }: Fence, text: string): Edit {
  const isBetween = (start === 0 || text.slice(0, start).endsWith('\n\n')) && text[end] === '\n';
  return { start, end: isBetween ? end + 1 : end, text: '' };
}

const singleQuoted = (text: string): string => `'${text.replaceAll(/['\\]/gu, '\\$&')}'`;

const notWhole = ({ line }: Fence, shown: string): UsageError =>
  new UsageError(`${shown}:${line}: enclose whole statements with BEGIN and END SOLUTION`);

/** What begins in a fence ends in it, and the other way round. */
function requireWholeNodes(program: t.Program, fences: readonly Fence[], shown: string): void {
  walkTree(program, ({ type, start, end }) => {
    if (type === 'Program') return;
    const isCut = (fence: Fence) =>
      (start! < fence.start && fence.start < end! && end! < fence.end) ||
      (fence.start <= start! && start! < fence.end && fence.end < end!);
    const cut = fences.find(isCut);
    if (cut) throw notWhole(cut, shown);
  });
}

/** What is left is a program, whichever fence is taken out: a part of an expression is none. */
function requireWholeStatements(text: string, fences: readonly Fence[], edits: readonly Edit[], shown: string): void {
  for (const [i, fence] of fences.entries())
    try {
      parseSolution(applyEdits(text, [edits[i]]), shown);
    } catch (error) {
      throw error instanceof UsageError ? notWhole(fence, shown) : error;
    }
}
