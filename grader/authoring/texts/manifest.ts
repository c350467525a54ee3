import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Versions = z.record(z.string(), z.string());
const Manifest = z.object({ dependencies: Versions.default({}), devDependencies: Versions });

/** What the student's tests need, in the versions of im2grade. */
const TOOLS = ['@jest/globals', '@types/jest', '@types/node', 'jest', 'typescript'];

/** The skeleton's `package.json`. */
export function manifest(root: string, id: string): string {
  const { dependencies, devDependencies } = Manifest.parse(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  );
  const versions = { ...dependencies, ...devDependencies };
  return JSON.stringify({
    name: `@im2grade/${id}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: 'handout test', grade: 'handout' },
    dependencies: { '@im2grade/handout': '*', '@im2grade/nn': '*' },
    devDependencies: Object.fromEntries(TOOLS.map((name) => [name, versions[name]])),
  });
}

/** The skeleton's `jest.config.mjs`. */
export const JEST_CONFIG = `import { jestConfig } from '@im2grade/handout/jest';

export default jestConfig(import.meta.dirname);
`;
