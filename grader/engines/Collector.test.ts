import { expect, test } from '@jest/globals';
import { Channel } from '../common/Channel.ts';
import { Collector } from './Collector.ts';
import type { Delivery, Engine } from './Engine.ts';
import type { Order } from './Job.ts';

const orderOf = (key: string): Order => ({ job: { key } as Order['job'], files: new Map() });

/** Delivers in the opposite order of what was submitted, once `count` are there. */
function backwards(count: number): Engine & { acknowledged: string[]; channel: Channel<Delivery> } {
  const channel = new Channel<Delivery>();
  const acknowledged: string[] = [];
  const submitted: string[] = [];
  return {
    ...{ acknowledged, channel, width: () => count, results: () => channel },
    async submit(orders) {
      submitted.push(...orders.map(({ job }) => job.key));
      if (submitted.length < count) return;
      for (const key of submitted.toReversed())
        channel.put({
          key,
          made: { type: 'ungradable', message: key },
          acknowledge: async () => void acknowledged.push(key),
        });
    },
    close: async () => channel.end(),
  };
}

test('each gets the result of its own job, which is acknowledged after it was recorded', async () => {
  const engine = backwards(3);
  const collector = new Collector(engine, new AbortController().signal);
  const recorded: string[] = [];
  const made = ['a', 'b', 'c'].map((key) =>
    collector.make(orderOf(key), async (result) => {
      expect(engine.acknowledged).not.toContain(key);
      recorded.push(key);
      return result;
    }),
  );
  expect(await Promise.all(made)).toEqual(['a', 'b', 'c'].map((message) => ({ type: 'ungradable', message })));
  expect(recorded).toEqual(['c', 'b', 'a']);
  expect(engine.acknowledged.toSorted()).toEqual(['a', 'b', 'c']);
});

test('what cannot be recorded is not acknowledged', async () => {
  const engine = backwards(1);
  const collector = new Collector(engine, new AbortController().signal);
  const full = () => Promise.reject(new Error('the disk is full'));
  await expect(collector.make(orderOf('a'), full)).rejects.toThrow('the disk is full');
  expect(engine.acknowledged).toEqual([]);
});

test('an engine that is lost fails everything that waits for it', async () => {
  const engine = backwards(3);
  const collector = new Collector(engine, new AbortController().signal);
  const made = ['a', 'b'].map((key) => collector.make(orderOf(key), async () => undefined));
  engine.channel.end(new Error('lost'));
  expect(await Promise.allSettled(made)).toEqual([1, 2].map(() => ({ status: 'rejected', reason: new Error('lost') })));
});

test('nothing is submitted after an interruption', async () => {
  const engine = backwards(1);
  const collector = new Collector(engine, AbortSignal.abort(new Error('interrupted')));
  await expect(collector.make(orderOf('a'), async () => undefined)).rejects.toThrow('interrupted');
});
