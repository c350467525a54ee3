import type * as t from '@babel/types';
import { functionsIn } from '../authoring/functionsIn.ts';
import { STUB_ERROR } from '../authoring/importStubError.ts';
import { parseSolution } from '../authoring/parseSolution.ts';
import { mergeFiles, ownDeliverables } from '../compile/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { namedIn } from './namedIn.ts';
import { reachedBySuites } from './reachedBySuites.ts';

/** A function or a class that students write. */
interface Written {
  readonly path: string;
  readonly name: string;
}

/**
 * The functions that students write and that nothing examines: no suite calls a function of the entry that uses them, and no
 * other code uses them.
 *
 * @returns what is wrong with each, in one line
 * @throws UsageError if a source cannot be parsed
 */
export function unexaminedFunctions(assignment: Assignment): string[] {
  const stubs = mergeFiles(assignment, new Map());
  const solution = mergeFiles(assignment, ownDeliverables(assignment, assignment.folders.reference));
  const used = new Set(
    [...solution].flatMap(([path, text]) => (path.endsWith('.ts') ? usedIn(assignment, path, text) : [])),
  );
  const written = assignment.deliverables
    .filter(({ path }) => path.endsWith('.ts') && stubs.has(path))
    .flatMap(({ path }) => stubsIn(path, stubs.get(path)!));
  return written
    .filter(({ name }) => !used.has(name))
    .map(({ path, name }) => `nothing examines ${name} of ${path}: no suite calls it through ${assignment.entry}`);
}

/** What a source uses; of the entry, what those of its functions use that suites call. */
function usedIn(assignment: Assignment, path: string, text: string): string[] {
  const { program } = parseSolution(text, path);
  if (path !== assignment.entry) return program.body.flatMap(usedByStatement);
  const called = reachedBySuites(assignment.folders.tests);
  return program.body.flatMap((statement) => {
    const properties = entryOf(statement)?.properties;
    if (properties === undefined) return usedByStatement(statement);
    return properties.filter((one) => isCalled(one, called)).flatMap((one) => [...namedIn(one)]);
  });
}

/** A declaration does not use itself. */
function usedByStatement(statement: t.Statement): string[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  const hasName = declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration';
  const own = hasName ? declaration.id?.name : undefined;
  return [...namedIn(statement)].filter((name) => name !== own);
}

/** `export const entry = { … }` */
function entryOf(statement: t.Statement): t.ObjectExpression | undefined {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration') return;
  const [{ id, init }] = statement.declaration.declarations;
  return id.type === 'Identifier' && id.name === 'entry' && init?.type === 'ObjectExpression' ? init : undefined;
}

function isCalled(property: t.ObjectExpression['properties'][number], called: ReadonlySet<string>): boolean {
  if (property.type === 'SpreadElement' || property.computed) return true;
  const { key } = property;
  if (key.type === 'Identifier') return called.has(key.name);
  return key.type !== 'StringLiteral' || called.has(key.value);
}

/** The functions and classes of a stub in which something is to be written. */
function stubsIn(path: string, text: string): Written[] {
  const functions = functionsIn(parseSolution(text, path).program);
  const names = [...text.matchAll(STUB)].flatMap(({ index }) => {
    const around = functions.findLast(({ start, end }) => start < index && index < end);
    return around?.name?.split('.')[0] ?? [];
  });
  return [...new Set(names)].map((name) => ({ path, name }));
}

const STUB = new RegExp(`\\bnew ${STUB_ERROR}\\(`, 'gu');
