import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Manifest = z.object({ devDependencies: z.record(z.string(), z.string()) });

/** What the student's tests need, in the versions of the repository. */
const TOOLS = ['@jest/globals', '@types/jest', '@types/node', 'jest', 'typescript'];

/** The skeleton's `package.json`. */
export function manifest(root: string, id: string): string {
  const { devDependencies } = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return JSON.stringify({
    name: `@im2grade/${id}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: 'handout test', grade: 'handout' },
    dependencies: { '@im2grade/handout': '*', '@im2grade/nn': '*' },
    devDependencies: Object.fromEntries(TOOLS.map((name) => [name, devDependencies[name]])),
  });
}

/** The skeleton's `jest.config.mjs`. */
export const JEST_CONFIG = `import { jestConfig } from '@im2grade/handout/jest';

export default jestConfig(import.meta.dirname);
`;
