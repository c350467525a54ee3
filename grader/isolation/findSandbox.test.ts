import { describe, expect, test } from '@jest/globals';
import { findProgram } from './findProgram.ts';
import { ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { UsageError } from '../model/errors.ts';
import { countsThreadsBySandbox, findSandbox, reducedSandbox } from './findSandbox.ts';
import { installCommand } from './installCommand.ts';
import { mechanismsOf } from './mechanismsOf.ts';
import { whyBubblewrapFailed } from './reasons.ts';
import { sandboxFor } from './sandboxFor.ts';

const found = await findSandbox(ROOT);
const onStrict = found.tier === 'strict' ? test : test.skip;

test.each([
  ['4.19.0-27-amd64', false],
  ['5.13.19', false],
  ['5.14.0-503.el9', true],
  ['6.1.0-25-amd64', true],
])('Linux %s counts threads for each sandbox: %s', (kernel, counts) => {
  expect(countsThreadsBySandbox(kernel)).toBe(counts);
});

test('a program that does not exist is not found', () => {
  expect(findProgram('im2grade-no-such-program')).toBeUndefined();
  expect(findProgram('sh')).toMatch(/^\/.*\/sh$/);
});

test.each([
  ['ID=debian', 'apt-get install -y bubblewrap'],
  ['ID=ubuntu\nID_LIKE=debian', 'apt-get install -y bubblewrap'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'dnf install -y bubblewrap'],
  ['', 'install the package bubblewrap'],
])('on %j the package is installed by: %s', (release, command) => {
  expect(installCommand('bubblewrap', release)).toBe(command);
});

describe('messages of bubblewrap are explained', () => {
  test.each([
    ['bwrap: Creating new namespace failed: Operation not permitted', /user namespaces are refused/],
    [
      'bwrap: No permissions to create new namespace, likely because the kernel does not allow it',
      /user namespaces are refused/,
    ],
    ['bwrap: setting up uid map: Permission denied', /user namespaces are refused/],
    ['bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted', /user namespaces are refused/],
    ['bwrap: prctl(PR_SET_SECCOMP): Invalid argument', /seccomp/],
    [
      "bwrap: Can't find source path /root/im2grade: Permission denied",
      /nobody here, who cannot read \/root\/im2grade/,
    ],
    ['bwrap: something new', /self-test of bubblewrap failed \(bwrap: something new\)/],
    ['', /self-test of bubblewrap failed$/],
  ])('%s', (stderr, why) => {
    const obstacle = whyBubblewrapFailed(stderr);
    expect(obstacle.why).toMatch(why);
    expect(obstacle.remedy).not.toBe('');
  });
});

describe('the choice of the tier', () => {
  const requires = (isolation: 'strict' | 'reduced') => ({ id: 'conv2d-gemm', isolation });

  onStrict('takes the strictest by itself', async () => {
    expect((await sandboxFor(ROOT, 'auto', requires('reduced'))).tier).toBe('strict');
    expect((await sandboxFor(ROOT, 'strict', requires('strict'))).tier).toBe('strict');
  });

  test('is reduced on request, unless the assignment requires more', async () => {
    expect((await sandboxFor(ROOT, 'reduced', requires('reduced'))).tier).toBe('reduced');
    await expect(sandboxFor(ROOT, 'reduced', requires('strict'))).rejects.toThrow(
      new UsageError('--isolation reduced: conv2d-gemm requires strict isolation (assignment.yaml)'),
    );
  });
});

test('each tier lists its mechanisms', () => {
  expect(mechanismsOf(reducedSandbox(ROOT))).not.toContain('seccomp');
  if (found.tier === 'strict') expect(mechanismsOf(found)).toContain('seccomp');
});
