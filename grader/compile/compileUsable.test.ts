import { expect, test } from '@jest/globals';
import { assignmentOf, deliverablesIn, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { reducedSandbox } from '../isolation/findSandbox.ts';
import { UngradableError } from '../model/errors.ts';
import { bundleUsable } from './compileUsable.ts';
import { findToolchain } from './findToolchain.ts';

const assignment = assignmentOf('simple-conv-net');
const reference = deliverablesIn(assignment, assignment.folders.reference);
const toolchain = findToolchain(ROOT, reducedSandbox(ROOT));
const CONV2D = 'src/conv2d.ts';
const IM2COL = 'src/im2col.ts';
const RELU = 'src/relu.ts';

type Change = Readonly<Record<string, (text: string) => string>>;
const first =
  (line: string) =>
  (text: string): string =>
    `${line}\n${text}`;

const compiled = (change: Change, unusable: ReadonlyMap<string, string> = new Map()) => {
  const files = new Map([...reference].map(([path, text]) => [path, change[path]?.(text) ?? text]));
  for (const path of unusable.keys()) files.delete(path);
  return bundleUsable(toolchain, assignment, { files, unusable });
};

test.each<[string, Change, Readonly<Record<string, RegExp>>]>([
  ['nothing wrong', {}, {}],
  [
    'a syntax error',
    { [RELU]: first('const = 3;') },
    { [RELU]: /^src\/relu\.ts:1:6: .*; correct it and hand the file in/ },
  ],
  [
    'two syntax errors in two files',
    { [RELU]: first('const = 3;'), [IM2COL]: (text) => `${text}\n}` },
    { [RELU]: /^src\/relu\.ts:1:6: /, [IM2COL]: /^src\/im2col\.ts:\d+:0: Unexpected "}"/ },
  ],
  [
    'a refused import',
    { [RELU]: first("import 'fs';") },
    { [RELU]: /^src\/relu\.ts:1:7: import of "fs" is not allowed/ },
  ],
  [
    'a helper that was not handed in',
    { [RELU]: first("import { clamp } from './helpers';\nvoid clamp;") },
    { [RELU]: /^src\/relu\.ts:1:22: import of ".\/helpers" is not allowed/ },
  ],
  [
    'an export that is missing',
    { [RELU]: (text) => text.replace('export function reluVector', 'function reluVector') },
    { [RELU]: /^src\/relu\.ts: does not export reluVector; keep the name/ },
  ],
  [
    'a name that another file does not export',
    { [CONV2D]: first("import { helper } from './relu.ts';\nvoid helper;") },
    { [CONV2D]: /^src\/conv2d\.ts:1:9: src\/relu\.ts does not export helper, or cannot be used/ },
  ],
  [
    'a helper in a file that cannot be used',
    {
      [CONV2D]: first("import { helper } from './relu.ts';\nvoid helper;"),
      [RELU]: first('export const helper = 1;\nconst = 3;'),
    },
    { [RELU]: /^src\/relu\.ts:2:6: /, [CONV2D]: /^src\/conv2d\.ts:1:9: src\/relu\.ts does not export helper/ },
  ],
])('%s costs its own file only', async (_, change, reasons) => {
  const { unusable, files, bundle } = await compiled(change);
  expect(Object.fromEntries(unusable)).toEqual(
    Object.fromEntries(Object.entries(reasons).map(([path, reason]) => [path, expect.stringMatching(reason)])),
  );
  expect([...files.keys()].sort()).toEqual([...reference.keys()].filter((path) => !unusable.has(path)).sort());
  expect(bundle.length).toBeGreaterThan(0);
});

test.each([
  "import { log } from 'console';",
  "import { log as print, error } from 'console';",
  "import fs from 'fs';",
  "import * as path from 'node:path';",
  "import {\n  log,\n  error,\n} from 'console';",
  "import { log } from 'console'; const other = { log: Math.log }; void other.log(1);",
  "import { log } from 'console'; { const log = Math.log; void log(2); }",
  "import { log } from 'console'; export const ln = (log: number): number => log;",
  "import { log } from 'console'; class Own { log(): number { return 1; } } void new Own().log();",
])('an import that nothing uses costs nothing: %s', async (line) => {
  const { unusable, warnings, files } = await compiled({ [RELU]: first(line) });
  expect([...unusable]).toEqual([]);
  expect(files.get(RELU)).toContain('\n');
  expect(warnings.filter(({ message }) => /nothing uses the import/.test(message))).toEqual([
    {
      path: RELU,
      line: expect.any(Number),
      message: expect.stringMatching(/^nothing uses the import of "[\w:]+", which is not allowed; it was left out$/),
    },
  ]);
  const lineOf = (text: string) => text.split('\n').findIndex((each) => each.includes('export function reluScalar'));
  expect(lineOf(files.get(RELU)!)).toBe(lineOf(first(line)(reference.get(RELU)!)));
});

test.each([
  "import { log } from 'console'; log(1);",
  "import { log } from 'console'; export { log };",
  "import { log } from 'console'; export const all = { log };",
  "import { log } from 'console'; export const later = () => log;",
  "import { log } from 'console'; export type Log = typeof log;",
  "import log, { error } from 'console'; error(1);",
  "import type { Console } from 'console'; export const c = null as unknown as Console;",
  "import { Console } from 'console'; export const c = null as unknown as Console;",
  "export { log } from 'console';",
])('an import that is used costs its own file: %s', async (line) => {
  const { unusable } = await compiled({ [RELU]: first(line) });
  expect([...unusable.keys()]).toEqual([RELU]);
});

test('a file that intake could not use keeps its reason, and the stub takes its place', async () => {
  const reason = `${RELU}: missing`;
  const { unusable, files } = await compiled({}, new Map([[RELU, reason]]));
  expect([...unusable]).toEqual([[RELU, reason]]);
  expect(files.has(RELU)).toBe(false);
});

test('if nothing is left, the first reason refuses the submission', async () => {
  const all = bundleUsable(toolchain, assignment, {
    files: new Map([[RELU, 'const = 3;']]),
    unusable: new Map(),
  });
  await expect(all).rejects.toThrow(/^src\/relu\.ts:1:6: /);
  await expect(all).rejects.toBeInstanceOf(UngradableError);
});
