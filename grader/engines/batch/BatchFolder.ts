import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { parsedJson } from '../../common/parsedJson.ts';
import { FilesByDigest } from '../../host/files/FilesByDigest.ts';
import { makeFolder } from '../../host/files/makeFolder.ts';
import { writeWhole } from '../../host/files/writeWhole.ts';
import { UsageError } from '../../model/errors.ts';
import type { Pass } from '../Engine.ts';
import { Job } from '../Job.ts';

/** What was submitted, with what it takes to collect it. */
export const BatchPlan = z.strictObject({
  schema: z.literal('im2grade/batch'),
  version: z.literal(2),
  system: z.enum(['slurm', 'lsf']),
  assignment: z.string(),
  /** What the jobs must be made with; see `Job`. */
  program: z.strictObject({ assignment: z.string(), grader: z.string() }),
  isolation: z.enum(['auto', 'strict', 'reduced']),
  /** The folder in which the class was submitted. */
  cwd: z.string(),
  /** The arguments of that command, without the gradebook's password. */
  given: z.unknown(),
  hasPassword: z.boolean(),
  /** The variables of the environment on which results depend; see `batchEnvironment`. */
  environment: z.record(z.string(), z.string()),
  /** The number of tasks of each pass. */
  tasks: z.strictObject({ untimed: z.number().int(), timed: z.number().int() }),
});
export type BatchPlan = z.infer<typeof BatchPlan>;

/** What a command writes anew, by name; results and submissions stay. */
const OF_ONE_COMMAND = /^(?:jobs|batch\.json|.*\.(?:slurm|lsf))$/u;

/**
 * A folder that all machines of a cluster see: jobs by task, the submissions, and a file for each result. A result is
 * there whole or not at all.
 */
export class BatchFolder {
  readonly path: string;
  readonly submissions: FilesByDigest;

  /** @param out - the folder of a class's reports */
  constructor(out: string) {
    this.path = join(resolve(out), 'batch');
    this.submissions = new FilesByDigest(join(this.path, 'submissions'));
  }

  /** @throws UsageError if nothing was submitted from here */
  async plan(): Promise<BatchPlan> {
    const path = join(this.path, 'batch.json');
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined)
      throw new UsageError(`${this.path}: no batch of jobs; grade class … --engine slurm --out … makes one`);
    const plan = BatchPlan.safeParse(parsedJson(text));
    if (!plan.success) throw new UsageError(`${path} is damaged; run grade class … --engine again`);
    return plan.data;
  }

  writePlan(plan: BatchPlan): Promise<void> {
    return writeWhole(join(this.path, 'batch.json'), JSON.stringify(plan, undefined, 2));
  }

  /**
   * Removes the jobs and scripts of an earlier command, and makes the folder for logs, which batch systems do not make. Other
   * users of the cluster must not read students' work.
   */
  async begin(): Promise<void> {
    await makeFolder(join(this.path, 'logs'));
    await chmod(this.path, 0o700);
    const former = (await readdir(this.path)).filter((name) => OF_ONE_COMMAND.test(name));
    for (const name of former) await rm(join(this.path, name), { recursive: true, force: true });
  }

  writeTask(pass: Pass, task: number, jobs: readonly Job[]): Promise<void> {
    return writeWhole(this.#taskFile(pass, task), JSON.stringify(jobs));
  }

  /** @throws UsageError if there is no such task */
  async task(pass: Pass, task: number): Promise<Job[]> {
    const path = this.#taskFile(pass, task);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) throw new UsageError(`${path}: no such task`);
    const jobs = z.array(Job).safeParse(parsedJson(text));
    if (!jobs.success) throw new UsageError(`${path} is damaged; run grade class … --engine again`);
    return jobs.data;
  }

  #taskFile(pass: Pass, task: number): string {
    return join(this.path, 'jobs', `${pass}-${task}.json`);
  }

  hasResult(key: string): boolean {
    return existsSync(this.#resultFile(key));
  }

  /** Writes a result; earlier tries of the job do not matter any more. */
  async writeResult(key: string, bytes: Uint8Array): Promise<void> {
    await writeWhole(this.#resultFile(key), bytes);
    await rm(this.#failureFile(key), { force: true });
  }

  /** Puts a result aside that cannot be used, so that the job is made again. */
  async putAside(key: string): Promise<void> {
    await rename(this.#resultFile(key), `${this.#resultFile(key)}.damaged`);
  }

  /** Writes what a job came to that the grader or the machine failed at. */
  writeFailure(key: string, bytes: Uint8Array): Promise<void> {
    return writeWhole(this.#failureFile(key), bytes);
  }

  /** Of the last try; undefined if there was none that failed. */
  async failure(key: string): Promise<Uint8Array | undefined> {
    return readFile(this.#failureFile(key)).catch(() => undefined);
  }

  /** Undefined if it is not there. */
  async result(key: string): Promise<Uint8Array | undefined> {
    return readFile(this.#resultFile(key)).catch(() => undefined);
  }

  #resultFile(key: string): string {
    return join(this.path, 'results', key.slice(0, 2), `${key}.json.gz`);
  }

  #failureFile(key: string): string {
    return join(this.path, 'failures', key.slice(0, 2), `${key}.json.gz`);
  }
}
