import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PERIOD_MICROSECONDS = 100_000;
/** Of the first version of control groups, and of the second. */
const [FIRST, SECOND] = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup'];

/** A fixed share of a core for a process, in a control group of its own. */
export class CpuShare {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Limits a process.
   *
   * @param share - of a core
   * @throws Error unless control groups can be made here, as root can
   */
  static of(pid: number, share: number): CpuShare {
    const [isFirst, quota] = [existsSync(join(FIRST, 'cpu.cfs_quota_us')), Math.round(share * PERIOD_MICROSECONDS)];
    const folder = join(isFirst ? FIRST : SECOND, `im2grade-bench-${pid}`);
    mkdirSync(folder);
    if (isFirst) {
      writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD_MICROSECONDS));
      writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quota));
    } else writeFileSync(join(folder, 'cpu.max'), `${quota} ${PERIOD_MICROSECONDS}`);
    writeFileSync(join(folder, 'cgroup.procs'), String(pid));
    return new CpuShare(folder);
  }

  /** Removes the group; its process has ended. */
  end(): void {
    rmdirSync(this.#folder);
  }
}
