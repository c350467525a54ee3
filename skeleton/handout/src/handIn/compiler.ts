/** How esbuild compiles sources at home: as the grader does. */
export const COMPILER = {
  target: 'es2023',
  tsconfigRaw: {
    compilerOptions: { target: 'es2023', verbatimModuleSyntax: true, useDefineForClassFields: true, strict: true },
  },
} as const;
