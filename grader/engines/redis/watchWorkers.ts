import type { Redis } from 'ioredis';
import type { Ability } from '../refusal.ts';
import { queueName } from './queueName.ts';
import type { WorkerRecord } from './WorkerRecord.ts';
import { workerNames } from './workerNames.ts';
import { workersIn } from './workersIn.ts';

/** What a queue has to do, and who does it. */
export interface Load {
  readonly queued: number;
  /** Those that can grade the class. */
  readonly workers: readonly { readonly name: string; readonly running: number; readonly slots: number }[];
}

/** The workers of a class's queue, looked at again and again. */
export interface WorkersWatch {
  load(): Load;
  stop(): void;
}

const LOOK_MS = 1000;

/** Watches the queue of a class, and says which workers get no job of it and why, each once, and that there is none. */
export function watchWorkers(redis: Redis, wanted: Ability, note: (line: string) => void): WorkersWatch {
  const name = queueName(wanted);
  const known = new Set<string>();
  let isLonely = false;
  let load: Load = { queued: 0, workers: [] };
  const look = async () => {
    const all = (await workersIn(redis)).filter(({ assignment }) => assignment === wanted.assignment.id);
    const able = all.filter(({ queue }) => queue === name);
    const queued = await redis.llen(`bull:${name}:wait`);
    const names = workerNames(all);
    load = {
      queued,
      workers: able.map((each) => ({ name: names.get(each)!, running: each.running, slots: each.jobs })),
    };
    for (const worker of all) {
      const why = known.has(worker.id) ? undefined : whyLeftOut(worker, wanted);
      known.add(worker.id);
      if (why !== undefined) note(`the worker ${names.get(worker)!} gets no job: ${why}`);
    }
    if (able.length === 0 && !isLonely)
      note(`no worker grades ${wanted.assignment.id} yet; start one: grade worker --help`);
    isLonely = able.length === 0;
  };
  const lookQuietly = () => void look().catch(() => undefined);
  lookQuietly();
  const timer = setInterval(lookQuietly, LOOK_MS);
  return { load: () => load, stop: () => clearInterval(timer) };
}

/** A load in a few words: how much waits, and how many gradings each worker has under way. */
export function loadText({ queued, workers }: Load): string {
  const busy = workers.filter(({ running }) => running > 0).map(({ name, running }) => `${name} ${running}`);
  return `${queued} queued; ${busy.length === 0 ? 'no worker is busy' : busy.join(', ')}`;
}

function whyLeftOut(worker: WorkerRecord, { assignment, program, gemm, isolation }: Ability): string | undefined {
  if (worker.program.assignment !== program.assignment) return `it has another version of ${assignment.id}; update it`;
  if (worker.program.grader !== program.grader)
    return `it has another version of the grader, its packages or Node (${worker.version}, ${worker.node}); update it`;
  if (worker.gemm !== gemm) return `it computes products by ${worker.gemm}, not by ${gemm}; set IM2GRADE_GEMM alike`;
  if (worker.isolation !== isolation)
    return `its isolation is ${worker.isolation}, not ${isolation}; see grade doctor there`;
  return undefined;
}
