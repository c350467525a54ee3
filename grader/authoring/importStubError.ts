import type * as t from '@babel/types';
import { applyEdits } from '../prove/operators/Source.ts';
import { parseSolution } from './parseSolution.ts';

/** What a stub throws. */
export const STUB_ERROR = 'NotImplementedError';
const LIBRARY = '@im2grade/nn';

/**
 * Imports the stubs' error from the library, together with names that are imported from there already.
 *
 * @param shown - the file, for messages
 *
 * @example
 * ```ts
 * importStubError("import type { Real } from '@im2grade/nn';", 'a.ts');
 * // import { NotImplementedError, type Real } from '@im2grade/nn';
 * ```
 */
export function importStubError(text: string, shown: string): string {
  const { body, interpreter } = parseSolution(text, shown).program;
  const imports = body.filter((node) => node.type === 'ImportDeclaration');
  const ofLibrary = imports.filter(({ source }) => source.value === LIBRARY);
  if (ofLibrary.some(({ importKind, specifiers }) => importKind !== 'type' && specifiers.some(isStubError)))
    return text;
  const there = ofLibrary.find(({ specifiers }) => specifiers.length > 0 && specifiers.every(isName));
  const line = `import { ${[STUB_ERROR, ...(there ? namesIn(there, text) : [])].join(', ')} } from '${LIBRARY}';`;
  if (there) return applyEdits(text, [{ start: there.start!, end: there.end!, text: line }]);
  const start = interpreter ? interpreter.end! + 1 : 0;
  return applyEdits(text, [{ start, end: start, text: `${line}\n${imports.length > 0 ? '' : '\n'}` }]);
}

type Specifier = t.ImportDeclaration['specifiers'][number];

/** Not everything under one name, and no default. */
const isName = (one: Specifier): one is t.ImportSpecifier => one.type === 'ImportSpecifier';

const isStubError = (one: Specifier): boolean =>
  one.local.name === STUB_ERROR && isName(one) && one.importKind !== 'type';

/** All but the error, of which there is only the type. */
const namesIn = ({ importKind, specifiers }: t.ImportDeclaration, text: string): string[] =>
  specifiers
    .filter(({ local }) => local.name !== STUB_ERROR)
    .map(({ start, end }) => `${importKind === 'type' ? 'type ' : ''}${text.slice(start!, end!)}`);
