import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { folderInRepository } from '../../tests/e2e/support/folderInRepository.ts';
import { assignmentOf, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import { findSandbox } from '../isolation/findSandbox.ts';
import { SuiteRunner } from './SuiteRunner.ts';

/**
 * A suite that does what the seed asks for: it reports in the examination after its own, ends its process, or counts in
 * its realm.
 */
const SUITE = `
  const { existsSync, writeFileSync } = require('node:fs');
  const { report, seed } = examination;
  const send = (reason, evidence = []) => report({ id: 'im2mat.definition', status: 'failed', reason, evidence });
  const exists = async (file) => { while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5)); };
  for (const { id, settings } of seed === 7 ? [] : examination.criteria) examination.declare({ id, settings: Object.keys(settings) });
  const done = (file) => writeFileSync(file, '');
  test('the suite', async () => {
    send('own');
    if (seed === 1) void exists('next').then(() => send('late')).then(() => done('late'));
    if (seed === 2) { done('next'); await exists('late'); }
    if (seed === 3) process.kill(process.pid, 'SIGKILL');
    if (seed === 5) send('own', [{ type: 'learning-curves', network: 'n', series: [{ name: 's', crossEntropy: [NaN, 1 / 0], accuracy: [0.5] }] }]);
    if (seed === 6) send('own', [{ type: 'classification', accuracy: NaN }]);
    if (seed === 4) { global.kept = (global.kept ?? 0) + 1; send(\`\${global.kept} of \${Object.keys(global).length}\`); }
  });`;

const made = await runtimeBundles(ROOT, assignmentOf('conv2d-gemm'));
const folder = folderInRepository('suiteRunner-test');
const programs = { ...made, folder, suites: join(folder, 'suites.test.cjs') };
writeFileSync(programs.suites, SUITE);
const sandbox = await findSandbox(ROOT);

let suiteRunner = new SuiteRunner(programs);
afterEach(async () => {
  await suiteRunner.close();
  suiteRunner = new SuiteRunner(programs);
});
afterAll(async () => {
  await suiteRunner.close();
  rmSync(folder, { recursive: true, force: true });
});

const ID = 'im2mat.definition';
const GOOD = 'var submission = { entry: {}, useRuntime() {} };';
const silent = { started() {}, finished() {} };

async function examine(seed: number, bundle = GOOD, selected = [ID], signal?: AbortSignal): Promise<string> {
  const assignment = assignmentOf('conv2d-gemm');
  const findings = await suiteRunner.examine(
    {
      ...{ root: ROOT, assignment, sandbox, seed, selected, deliverables: {}, unusable: {} },
      gemm: { kind: 'wasm', files: [] },
      bundle: new TextEncoder().encode(bundle),
    },
    silent,
    signal,
  );
  return findings.map(({ status, reason }) => `${status}: ${reason}`).join();
}

test('a late finding of one examination does not count in the next', async () => {
  expect(await examine(1)).toBe('failed: own');
  expect(suiteRunner.goesOn).toBe(true);
  expect(await examine(2)).toBe('failed: own');
});

test('each examination has a realm of its own', async () => {
  const [first, second] = [await examine(4), await examine(4)];
  expect(first).toMatch(/^failed: 1 of /);
  expect(second).toBe(first);
});

test('it accepts a limited number of examinations', async () => {
  for (let i = 0; suiteRunner.goesOn; i++) {
    expect(i).toBeLessThan(100);
    expect(await examine(0)).toBe('failed: own');
  }
});

test('a process that ends leaves no finding, and accepts no further examination', async () => {
  expect(await examine(3, GOOD, [ID, 'im2mat.stride'])).toMatch(
    /failed: own,grader-error: the examination ended without a result/,
  );
  expect(suiteRunner.goesOn).toBe(false);
});

test('numbers that JSON cannot represent arrive', async () => {
  expect(await examine(5)).toBe('failed: own');
});

test('a finding that does not fit the schema is a grader error of its criterion, and ends nothing', async () => {
  expect(await examine(6)).toMatch(/^grader-error: the finding cannot be read: event\.finding\.evidence/);
  expect(suiteRunner.goesOn).toBe(false);
});

test('suites that do not fit the assignment are refused with file and line', async () => {
  await expect(examine(7)).rejects.toThrow(
    /^skeleton\/conv2d-gemm\/assignment\.yaml:\d+: im2mat\.definition: no suite in tests\/conv2d-gemm examines this/,
  );
  expect(suiteRunner.goesOn).toBe(false);
});

test('a submission that cannot be loaded is refused', async () => {
  const refusal = examine(0, 'throw new Error("not today");');
  await expect(refusal).rejects.toThrow('the deliverables cannot be loaded: Error: not today');
  expect(suiteRunner.goesOn).toBe(false);
});

test('the signal ends the examination with its reason', async () => {
  const stop = new AbortController();
  const examination = examine(0, GOOD, [ID], stop.signal);
  stop.abort(new Error('enough'));
  await expect(examination).rejects.toThrow('enough');
  expect(suiteRunner.goesOn).toBe(false);
});
