import type { Lock } from '../host/lock.ts';
import { takeLane, takeMachine } from '../host/timingLanes.ts';
import type { Examination } from '../model/examination.ts';

/**
 * An examination's turns at measuring time. Alone it takes the machine for each measurement. Beside others it has a lane
 * for as long as it lasts, because whatever it computes would disturb a team's measurement, and exchanges it for the
 * machine while it measures a team.
 */
export class TimingTurns {
  readonly #isBesideOthers: boolean;
  #lane: Lock | undefined;
  #starts: Promise<unknown> = Promise.resolve();

  constructor(isBesideOthers: boolean) {
    this.#isBesideOthers = isBesideOthers;
  }

  async begin(): Promise<void> {
    if (this.#isBesideOthers) this.#lane = await takeLane();
  }

  readonly run: Examination['timing'] = async (cores, work) => {
    if (this.#isBesideOthers && cores === 'one') return work();
    this.end();
    const machine = await takeMachine();
    try {
      return await work();
    } finally {
      machine.release();
      await this.begin();
    }
  };

  /** Starts a process: on a lane, which is one core, after those before it; otherwise at once. */
  start<T>(open: () => Promise<T>): Promise<T> {
    if (!this.#lane) return open();
    const started = this.#starts.then(open);
    this.#starts = started.catch(() => {});
    return started;
  }

  end(): void {
    this.#lane?.release();
    this.#lane = undefined;
  }
}
