import type { WorkerRecord } from './WorkerRecord.ts';

/** What workers are called: by host and process, and by number if containers have made two of them the same. */
export function workerNames(workers: readonly WorkerRecord[]): Map<WorkerRecord, string> {
  const numbers = new Map<string, number>();
  const named = workers
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((worker) => {
      const name = `${worker.host}:${worker.pid}`;
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      return [worker, number === 1 ? name : `${name} (${number})`] as const;
    });
  return new Map(named);
}
