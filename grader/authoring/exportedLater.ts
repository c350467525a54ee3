import type * as t from '@babel/types';

/** The names in `export { … }` and `export default name`. */
export const exportedLater = (body: readonly t.Statement[]): ReadonlySet<string> =>
  new Set(
    body.flatMap((node) => {
      if (node.type === 'ExportDefaultDeclaration')
        return node.declaration.type === 'Identifier' ? [node.declaration.name] : [];
      if (node.type !== 'ExportNamedDeclaration' || node.source) return [];
      return node.specifiers.flatMap((one) => (one.type === 'ExportSpecifier' ? [one.local.name] : []));
    }),
  );
