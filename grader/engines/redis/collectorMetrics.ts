import type { Registry } from 'prom-client';
import type { Load } from './watchWorkers.ts';

/** What a collector knows of its queue, for Prometheus. */
export async function collectorMetrics(assignment: string, load: () => Load): Promise<Registry> {
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  registry.setDefaultLabels({ assignment });
  const registers = [registry];
  new Gauge({
    ...{ name: 'im2grade_jobs_queued', help: 'Jobs that no worker has taken yet', registers },
    collect() {
      this.set(load().queued);
    },
  });
  new Gauge({
    ...{ name: 'im2grade_jobs_running', help: 'Jobs under way', labelNames: ['worker'] as const, registers },
    collect() {
      this.reset();
      for (const { name, running } of load().workers) this.set({ worker: name }, running);
    },
  });
  return registry;
}
