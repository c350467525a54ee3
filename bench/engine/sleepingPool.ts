import { setTimeout as sleep } from 'node:timers/promises';
import { Channel } from '../../grader/common/Channel.ts';
import type { Delivery, Engine } from '../../grader/engines/Engine.ts';
import { SLEPT } from './sleepingJobs.ts';

/** An engine that sleeps in this process, like `LocalEngine` with other jobs: what others cost is measured beside it. */
export function sleepingPool(milliseconds: number, jobs: number): Engine {
  const deliveries = new Channel<Delivery>();
  return {
    width: () => jobs,
    results: () => deliveries,
    async submit(orders) {
      for (const { job } of orders)
        void sleep(milliseconds).then(() =>
          deliveries.put({ key: job.key, made: SLEPT, acknowledge: async () => undefined }),
        );
    },
    close: async () => deliveries.end(),
  };
}
