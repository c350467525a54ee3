import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type * as t from '@babel/types';
import { parseSolution } from '../authoring/parseSolution.ts';
import { suiteFiles } from '../compile/runtimeBundles.ts';
import { namedIn } from './namedIn.ts';

/** Not parts of suites. */
const OTHERS = /^(?:accepted|naive|mutants|unfair|golden)\b|(?:\.suite|\.test)\.ts$|^(?:search|questions)\.ts$/u;

/**
 * The identifiers and strings of an assignment's suites, and of the declarations in the modules next to them that these
 * name.
 *
 * @param tests - the folder of the suites
 * @throws UsageError if one of them cannot be parsed
 */
export function reachedBySuites(tests: string): Set<string> {
  const parsed = (file: string) => parseSolution(readFileSync(file, 'utf8'), shownIn(tests, file));
  const reached = new Set(suiteFiles(tests).flatMap((file) => [...namedIn(parsed(file))]));
  const waiting = new Set(modulesIn(tests).flatMap((file) => parsed(file).program.body));
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const statement of waiting) {
      if (!declaredBy(statement).some((name) => reached.has(name))) continue;
      waiting.delete(statement);
      for (const name of namedIn(statement)) reached.add(name);
    }
  }
  return reached;
}

/** `tests/batch-norm/functions.ts` */
const shownIn = (tests: string, file: string): string => relative(dirname(dirname(tests)), file);

const modulesIn = (tests: string): string[] =>
  readdirSync(tests, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !OTHERS.test(relative(tests, file).split(sep).join('/')));

/** The names that a statement at the top of a module declares. */
function declaredBy(statement: t.Statement): string[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  switch (declaration?.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return declaration.id ? [declaration.id.name] : [];
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => [...namedIn(id)]);
    default:
      return [];
  }
}
