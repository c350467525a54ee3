import type { Redis } from 'ioredis';
import type { Ability } from '../refusal.ts';
import { queueName } from './queueName.ts';
import type { WorkerRecord } from './WorkerRecord.ts';
import { ALIVE_MS, workersIn } from './workersIn.ts';

/**
 * Says, as long as a class is graded, which workers get no job of it and why, each once, and that there is none.
 *
 * @returns ends it
 */
export function noteWorkers(redis: Redis, wanted: Ability, note: (line: string) => void): () => void {
  const known = new Set<string>();
  let isLonely = false;
  const look = async () => {
    const workers = (await workersIn(redis)).filter(({ assignment }) => assignment === wanted.assignment.id);
    for (const worker of workers) {
      const why = known.has(worker.id) ? undefined : whyLeftOut(worker, wanted);
      known.add(worker.id);
      if (why !== undefined) note(`the worker ${worker.host}:${worker.pid} gets no job: ${why}`);
    }
    const isNone = workers.every(({ queue }) => queue !== queueName(wanted));
    if (isNone && !isLonely) note(`no worker grades ${wanted.assignment.id} yet; start one: grade worker --help`);
    isLonely = isNone;
  };
  const lookQuietly = () => void look().catch(() => undefined);
  lookQuietly();
  const timer = setInterval(lookQuietly, ALIVE_MS);
  return () => clearInterval(timer);
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
