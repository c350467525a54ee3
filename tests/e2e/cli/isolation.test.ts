import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade, START } from '../support/runGrade.ts';
import { runScript } from '../support/runScript.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const ONE = [COMPLETE, '--only', 'im2mat.identity'];
const { tier } = await findSandbox(ROOT);
const onStrict = tier === 'strict' ? test.concurrent : test.concurrent.skip;

/** A machine on which bubblewrap is installed but not permitted to do anything. */
const REFUSING = '#!/bin/sh\necho "bwrap: Creating new namespace failed: Operation not permitted" >&2\nexit 1\n';

const onRefusingMachine = (args: readonly string[]) =>
  inFolder({ 'bin/bwrap': REFUSING }, async (folder) => {
    chmodSync(join(folder, 'bin/bwrap'), 0o755);
    chmodSync(folder, 0o755);
    return runGrade(args, folder, { PATH: `${join(folder, 'bin')}:${process.env['PATH']}` });
  });

const isolationOf = (stdout: string) => ScoreReport.parse(JSON.parse(stdout)).environment.isolation;

describe('the tier is in the report and, if reduced, on the terminal', () => {
  onStrict('strict', () =>
    inFolder({}, async (folder) => {
      expect(isolationOf((await runGrade([...ONE, '--json'], folder)).stdout)).toMatchObject({
        tier: 'strict',
        means: expect.arrayContaining(['seccomp', 'resource limits']),
      });
      expect((await runGrade([...ONE, '--isolation', 'strict'], folder)).stdout).not.toContain('REDUCED');
    }),
  );

  test.concurrent('reduced, on request', () =>
    inFolder({}, async (folder) => {
      const { code, stdout } = await runGrade([...ONE, '--isolation', 'reduced'], folder);
      expect(code).toBe(0);
      expect(stdout).toContain('ISOLATION IS REDUCED');
      const html = readFileSync(join(folder, 'reports/complete/report.html'), 'utf8');
      expect(html).toMatch(/isolation[^<]*reduced/i);
    }),
  );

  test.concurrent('reduced, if strict does not work', async () => {
    const { code, stdout } = await onRefusingMachine(ONE);
    expect(code).toBe(0);
    expect(stdout).toContain('ISOLATION IS REDUCED');
    expect(stdout).toContain('Score  1 of 1');
  });
});

test.concurrent('--isolation strict refuses a machine that offers less, in one line', async () => {
  const { code, stdout, stderr } = await onRefusingMachine([...ONE, '--isolation', 'strict']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^grade: --isolation strict: user namespaces are refused.*\(see grade doctor\)\n$/);
});

test.concurrent('a umask that keeps other users from reading changes nothing', () =>
  inFolder({}, async (folder) => {
    const command = ['sh', '-c', 'umask 077; exec "$0" "$@"', process.execPath, START, ...ONE] as const;
    const { code, out } = await runScript(command, folder);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Score  1 of 1') as unknown });
    expect(out.includes('REDUCED')).toBe(tier === 'reduced');
  }),
);

test.concurrent('--isolation accepts three values', () =>
  inFolder({}, async (folder) => {
    const { code, stderr } = await runGrade([...ONE, '--isolation', 'loose'], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^grade: .*isolation.*"loose".*"auto", "strict", "reduced".*\n$/);
  }),
);

describe('grade doctor', () => {
  onStrict('says what this machine offers', () =>
    inFolder({}, async (folder) => {
      const { code, stdout, stderr } = await runGrade(['doctor', '--no-attacks'], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/✓ isolation +strict/);
      expect(stdout).toMatch(/✓ bubblewrap +\d+\.\d+/);
    }),
  );

  test.concurrent('says what is missing and how to get it', async () => {
    const { code, stdout } = await onRefusingMachine(['doctor', '--no-attacks']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/✗ isolation +reduced \(user namespaces are refused/);
    expect(stdout).toContain('to get it: start the container with --security-opt');
    expect(stdout).toContain('Isolation is reduced; no attack was tried.');
  });

  test.concurrent('prints it as JSON', () =>
    inFolder({}, async (folder) => {
      const { stdout } = await runGrade(['doctor', '--no-attacks', '--json'], folder);
      expect(JSON.parse(stdout)).toMatchObject({ schema: 'im2grade/diagnosis', version: 1, tier, attacks: [] });
    }),
  );
});
