import { expect, test } from '@jest/globals';
import type { DeskWorker } from '../Desk.ts';
import { openExample } from '../test/openExample.ts';

const worker: DeskWorker = {
  ...{ place: 'lab<1>:42', assignment: 'conv2d-gemm', counts: '1 of 2 at work, 7 done' },
  ...{ versions: 'grader 0.1.0', machine: 'strict, 4 cores' },
};

async function machinePage(workers: readonly DeskWorker[] | undefined): Promise<string> {
  const example = await openExample({
    queue: { shown: 'redis://queue:6379', workers: () => Promise.resolve(workers) },
  });
  try {
    return await (await example.as('Grace')).read('/machine/');
  } finally {
    await example.close();
  }
}

test('the workers of a queue are shown, or why there are none', async () => {
  expect(await machinePage([worker])).toMatch(/lab&lt;1&gt;:42[^]*conv2d-gemm[^]*1 of 2 at work, 7 done[^]*4 cores/u);
  expect(await machinePage([])).toContain('No worker is connected to <code>redis://queue:6379</code>');
  expect(await machinePage(undefined)).toContain('<code>redis://queue:6379</code> does not answer');
});

test('without a queue nothing is said of workers', async () => {
  const example = await openExample();
  try {
    expect(await (await example.as('Grace')).read('/machine/')).not.toContain('Workers');
  } finally {
    await example.close();
  }
});
