import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { atSources } from './atSources.ts';

test('a stack trace names the sources of a bundle, and nothing else changes', async () => {
  const root = mkdtempSync(join(tmpdir(), 'im2grade-test-'));
  try {
    const [source, bundle] = [join(root, 'one.suite.ts'), join(root, 'cache', 'suites.test.cjs')];
    writeFileSync(source, 'export const fail = (): void => {\n\n  throw new Error("no");\n};\n');
    await build({
      entryPoints: { 'suites.test': source },
      outdir: join(root, 'cache'),
      bundle: true,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      minifyWhitespace: true,
      sourcemap: 'external',
    });
    const { fail } = createRequire(import.meta.url)(bundle) as { fail(): void };
    let stack = '';
    try {
      fail();
    } catch (error) {
      stack = (error as Error).stack!;
    }
    expect(stack).toContain('suites.test.cjs:1:');
    const shown = atSources(stack, bundle, [root]);
    expect(shown).toMatch(/^Error: no\n +at fail \(one\.suite\.ts:3\)/);
    expect(shown.split('\n').slice(2)).toEqual(stack.split('\n').slice(2));
    expect(atSources(stack, join(root, 'other.cjs'), [root])).toBe(stack);
  } finally {
    rmSync(root, { recursive: true });
  }
});
