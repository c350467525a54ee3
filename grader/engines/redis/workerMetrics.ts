import type { Registry } from 'prom-client';
import type { WorkerEvents } from './RedisWorker.ts';

/** A grading takes from less than a second to minutes. */
const BUCKETS = [0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 300];

/** What a worker counts of its gradings, for Prometheus. */
export async function workerMetrics(assignment: string): Promise<{ registry: Registry; events: WorkerEvents }> {
  const { Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  registry.setDefaultLabels({ assignment });
  const registers = [registry];
  const running = new Gauge({ name: 'im2grade_gradings_running', help: 'Gradings under way', registers });
  const ended = new Counter({
    ...{
      name: 'im2grade_gradings_total',
      help: 'Gradings that ended',
      labelNames: ['result', 'pass'] as const,
      registers,
    },
  });
  const seconds = new Histogram({
    ...{ name: 'im2grade_grading_seconds', help: 'How long gradings took', buckets: BUCKETS, registers },
    labelNames: ['pass'] as const,
  });
  return {
    registry,
    events: {
      began: () => running.inc(),
      ended(_key, made, took, pass) {
        running.dec();
        ended.inc({ result: made.type, pass });
        seconds.observe({ pass }, took);
      },
    },
  };
}
