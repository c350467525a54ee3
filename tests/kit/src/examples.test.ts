import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The functions and classes that suites may import from the kit, with the module of each. */
const exported = [...read('index.ts').matchAll(/^export \{(?<names>[^}]*)\} from '(?<module>\.[^']*)';/gmu)].flatMap(
  ({ groups }) =>
    groups!['names']
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ') && !/^[A-Z_]+$/u.test(name))
      .map((name) => [name, groups!['module']] as const),
);

test.each(exported)('%s has an example in its doc comment', (name, module) => {
  const text = read(module);
  const at = text.search(new RegExp(`^export (?:async )?(?:function|const|class) ${name}\\b`, 'mu'));
  expect(at).toBeGreaterThan(0);
  const before = text.slice(0, at);
  const comment = before.slice(before.lastIndexOf('/**'));
  expect(comment.trimEnd().endsWith('*/')).toBe(true);
  expect(comment).toContain('@example');
});
