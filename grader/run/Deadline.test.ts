import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { Deadline, type Passed } from './Deadline.ts';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** A process that runs these lines, and has started to. */
async function running(lines: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', `process.stdout.write('begun'); ${lines}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid!;
}

const BUSY = 'for (;;);';
const ASLEEP = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';

function watched(pid: number, seconds: number) {
  const passed: Passed[] = [];
  const deadline = new Deadline(pid, { seconds, threads: 1, onPassed: (how) => passed.push(how) });
  return { deadline, passed };
}

async function waitFor(passed: readonly Passed[]): Promise<void> {
  while (passed.length === 0) await sleep(20);
}

const onLinux = process.platform === 'linux' ? test : test.skip;

test.each([
  ['computes', BUSY],
  ['sleeps', ASLEEP],
])('passes when a process %s for longer', async (_, lines) => {
  const { passed } = watched(await running(lines), 0.3);
  await waitFor(passed);
  expect(passed).toEqual([process.platform === 'linux' ? 'own' : 'wall']);
});

onLinux('does not move while the process is stopped', async () => {
  const pid = await running(BUSY);
  process.kill(pid, 'SIGSTOP');
  const { deadline, passed } = watched(pid, 0.5);
  await sleep(2000);
  expect(passed).toEqual([]);
  process.kill(pid, 'SIGCONT');
  await waitFor(passed);
  expect(passed).toEqual(['own']);
  deadline.stop();
});

test('does not move while this process is busy, and input that has arrived meanwhile is seen first', async () => {
  const { deadline, passed } = watched(await running(ASLEEP), 0.5);
  const until = performance.now() + 1500;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(passed).toEqual([]);
  expect(deadline.stop()).toBeLessThan(0.5);
});

test('uses the wall clock, generously, if the platform does not report the process', async () => {
  const { passed } = watched(2 ** 22 + 1, 0.05);
  await sleep(200);
  expect(passed).toEqual([]);
  await waitFor(passed);
  expect(passed).toEqual(['wall']);
});
