import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WorkerRecord } from './WorkerRecord.ts';
import { workerNames } from './workerNames.ts';

test('no two workers have one name, and each keeps its name in whatever order they are listed', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ id: fc.uuid(), host: fc.constantFrom('a', 'b'), pid: fc.constantFrom(1, 2) }), {
        selector: ({ id }) => id,
      }),
      (records) => {
        const workers = records as WorkerRecord[];
        const names = workerNames(workers);
        expect(new Set(names.values()).size).toBe(workers.length);
        const again = workerNames(workers.toReversed());
        for (const worker of workers) expect(again.get(worker)).toBe(names.get(worker));
      },
    ),
  ));

test('two containers of one name get different names', () => {
  const twins = ['1', '2'].map((id) => ({ id, host: 'worker', pid: 1 }) as WorkerRecord);
  expect([...workerNames(twins).values()]).toEqual(['worker:1', 'worker:1 (2)']);
});
