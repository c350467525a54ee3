import type { DeskWorker } from '../../desk/Desk.ts';
import type { WorkerRecord } from '../../engines/redis/WorkerRecord.ts';

/** What a worker says of itself, as people read it. */
export function workerParts(worker: WorkerRecord): DeskWorker {
  const { host, pid, assignment, running, jobs, done, failed, version, program, isolation, gemm, cpu, cores } = worker;
  return {
    place: `${host}:${pid}`,
    assignment,
    counts: `${running} of ${jobs} at work, ${done} done${failed > 0 ? `, ${failed} failed` : ''}`,
    versions: `grader ${version} (${program.grader.slice(0, 8)}), assignment ${program.assignment.slice(0, 8)}`,
    machine: `${isolation}, ${gemm}, ${cpu}, ${cores} cores`,
  };
}
