/**
 * TypeScript's options for deliverables, at home and when graded. A handout's `tsconfig.json` has these options too, so
 * that an editor shows what a report would.
 */
export const CHECKED_WITH = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
} as const;
