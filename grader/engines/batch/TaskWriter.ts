import { PASSES, type Pass } from '../Engine.ts';
import type { Job, Order } from '../Job.ts';
import type { BatchFolder } from './BatchFolder.ts';

/** Writes jobs for a batch system, a number of submissions to a task: starting a task takes longer than a short job. */
export class TaskWriter {
  readonly #folder: BatchFolder;
  readonly #pack: number;
  readonly #keys = new Set<string>();
  readonly #open: Record<Pass, Job[]> = { untimed: [], timed: [] };
  /** The number of tasks of each pass that are written. */
  readonly tasks: Record<Pass, number> = { untimed: 0, timed: 0 };
  /** The number of jobs in them. */
  jobs = 0;

  constructor(folder: BatchFolder, pack: number) {
    this.#folder = folder;
    this.#pack = pack;
  }

  /** Writes a job, unless another submission of the same work has brought it. */
  async add(pass: Pass, { job, files }: Order): Promise<void> {
    if (this.#keys.has(job.key)) return;
    this.#keys.add(job.key);
    this.jobs++;
    const jobs = this.#open[pass];
    jobs.push(job);
    if (jobs.length === this.#pack) await this.#write(pass);
    await this.#folder.submissions.writeAs(job.submission.digest, JSON.stringify([...files]));
  }

  /** Writes the tasks that are not full. */
  async end(): Promise<void> {
    for (const pass of PASSES) if (this.#open[pass].length > 0) await this.#write(pass);
  }

  async #write(pass: Pass): Promise<void> {
    const jobs = this.#open[pass];
    this.#open[pass] = [];
    await this.#folder.writeTask(pass, this.tasks[pass]++, jobs);
  }
}
