import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, test } from '@jest/globals';
import { npm } from '../release/npm.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const REQUIREMENTS = 'skeleton/handout/bin/requirements.cjs';
/** The files that Node is started with, what they call themselves, their exit code, and what installs their packages. */
const ENTRIES = [
  ['grader/cli/grade.cjs', 'grade', 3, 'npm ci'],
  ['grader/cli/beforeTests.cjs', 'npm test', 3, 'npm ci'],
  ['skeleton/handout/bin/handout.cjs', 'grade', 2, 'npm install'],
] as const;

const { whyNotNode } = createRequire(import.meta.url)(join(ROOT, REQUIREMENTS)) as {
  whyNotNode: (version: string, needed: string) => string | undefined;
};

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node %s is new enough', (version) =>
  expect(whyNotNode(version, '>=20.19')).toBeUndefined(),
);

test.each(['8.17.0', '18.20.4', '20.18.3'])('Node %s is too old', (version) =>
  expect(whyNotNode(version, '>=20.19')).toBe(
    `Node 20.19 or newer is needed, and this is ${version}; https://nodejs.org has it`,
  ),
);

/** Loaded before an entry, in place of an old Node. */
const OLD_NODE = "Object.defineProperty(process, 'versions', { value: { node: '12.22.12' } });";

describe.each(ENTRIES)('%s', (entry, name, code, install) => {
  test('reports an old Node in one line', () =>
    inFolder({ 'old.cjs': OLD_NODE }, async (folder) => {
      const { status, stdout, stderr } = start(['--require', join(folder, 'old.cjs'), join(ROOT, entry)]);
      expect({ status, stdout, stderr }).toEqual({
        status: code,
        stdout: '',
        stderr: `${name}: Node 20.19 or newer is needed, and this is 12.22.12; https://nodejs.org has it\n`,
      });
    }));

  test('reports missing packages in one line', () =>
    inFolder({}, async (folder) => {
      for (const file of [entry, REQUIREMENTS, 'package.json']) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(ROOT, file), join(folder, file));
      }
      const { status, stdout, stderr } = start([join(folder, entry)]);
      expect({ status, stdout }).toEqual({ status: code, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^${name}: packages are missing; run ${install} in [^\n]*\n$`));
    }));

  test.each([entry, REQUIREMENTS])('needs nothing newer than ES5 to be read: %s', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect(transformSync(text, { target: 'es5' }).code).toBe(transformSync(text, { target: 'esnext' }).code);
  });
});

const start = (args: readonly string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' });

test('a handout whose packages are not installed says so, whatever is run', () =>
  inFolder({}, async (folder) => {
    const handout = join(folder, 'handout');
    expect((await runGrade(['release', 'conv2d-gemm', '--out', handout], folder)).code).toBe(0);
    for (const args of [['test'], ['run', 'grade'], ['run', 'hand-in']]) {
      const { code, output } = await npm(args, handout);
      expect(code).toBe(2);
      expect(output).toMatch(/\ngrade: packages are missing; run npm install in [^\n]*handout\n/);
      expect(output).not.toContain('    at ');
    }
  }));
