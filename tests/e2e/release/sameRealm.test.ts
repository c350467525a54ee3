import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { AVAILABLE } from '../../../skeleton/handout/src/realm/globals.ts';
import { MISSING } from '../../../skeleton/handout/src/realm/notAvailable.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';
import { studentFolder } from '../support/studentFolder.ts';

const { folder, run } = studentFolder('conv2d-gemm');
const testCommand = [join(ROOT, 'skeleton/handout/bin/handout.cjs'), 'test'];
const FILE = 'src/Im2MatLayer.ts';
const text = readFileSync(join(folder, 'solved', FILE), 'utf8');

/** Of the newest, an older Node has none. */
const available = [...AVAILABLE].filter((name) => name in globalThis).map(String);

/** Exports a function for each name that uses it. */
const usesOf = (names: readonly string[]): string =>
  `export const uses: Record<string, () => unknown> = {\n${names.map((name) => `  ${name}: () => ${name},`).join('\n')}\n};\n`;

test('at home a deliverable cannot use what is missing when graded, and can use everything else', async () => {
  expect(MISSING).toEqual(
    expect.arrayContaining(
      'structuredClone performance process setTimeout Buffer require WebAssembly Intl eval fetch expect'.split(' '),
    ),
  );
  writeFileSync(
    join(folder, 'solved', FILE),
    `${text}\n${usesOf([...MISSING, ...available])}
export const asked = [typeof process, typeof Buffer === 'undefined', typeof structuredClone];
export const throughGlobals = [globalThis.Math, (() => {}) instanceof Function, globalThis.process, 'performance' in globalThis];
export const own = (process: number) => process;
export const compile = () => new Function('return 1');
export const meta = import.meta.url;
`,
  );
  writeFileSync(
    join(folder, 'solved/test/globals.test.ts'),
    `import { expect, test } from '@jest/globals';
import { asked, compile, meta, own, throughGlobals, uses } from '../${FILE}';
const { name: NAME } = ReferenceError;
test.each(${JSON.stringify(MISSING)})('%s is missing', (name) => {
  expect(() => uses[name]()).toThrow(new ReferenceError(name + ' is not available when graded'));
});
test.each(${JSON.stringify(available)})('%s is available', (name) => {
  expect(uses[name]).not.toThrow();
});
test('by other ways', () => {
  expect(asked).toEqual(['undefined', true, 'undefined']);
  expect(throughGlobals).toEqual([Math, true, undefined, false]);
  expect(own(1)).toBe(1);
  expect(compile).toThrow('Code generation from strings is not available when graded');
  expect(meta).toBeUndefined();
});
`,
  );
  const { code, output } = await run('solved', [...testCommand, 'test/globals.test.ts']);
  expect(output).toContain(`Tests: ${MISSING.length + available.length + 1} passed`);
  expect(code).toBe(0);
});

test('what the public tests accept is accepted when graded, and what they refuse is not', async () => {
  const assignment = assignmentOf('conv2d-gemm');
  const reference = deliverablesIn(assignment, assignment.folders.reference);
  const grade = async (names: readonly string[]) => {
    const used = text.replace(/( Im2Mat\(INP[^{]*\{)/, `$1\n    for (const use of Object.values(uses)) use();\n`);
    const files = new Map(reference).set(FILE, `${used}\n${usesOf(names)}`);
    const { outcomes } = await gradeFiles(assignment, 'globals', files, ['im2mat.definition']);
    return outcomes.find(({ id }) => id === 'im2mat.definition');
  };
  expect(await grade(available)).toMatchObject({ status: 'passed' });
  for (const name of ['structuredClone', 'performance', 'process', 'setTimeout', 'WebAssembly'])
    expect(await grade([name])).toMatchObject({ status: 'failed' });
});
