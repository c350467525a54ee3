import type { Engine } from './Engine.ts';
import type { S3Submissions } from './S3Submissions.ts';

/** An engine whose workers find each submission in a store: it is there before its job is submitted. */
export const storedFirst = (engine: Engine, store: Pick<S3Submissions, 'write'>): Engine => ({
  width: (pass) => engine.width(pass),
  results: () => engine.results(),
  close: () => engine.close(),
  async submit(orders) {
    await Promise.all(orders.map(({ job, files }) => store.write(job.submission.digest, JSON.stringify([...files]))));
    await engine.submit(orders);
  },
});
