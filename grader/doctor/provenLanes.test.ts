import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { provenLanes } from './provenLanes.ts';

/** The process groups of what this process has started to measure, by `/proc`; empty on other systems. */
function groups(): number[] {
  return processIds().flatMap((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('Float64Array.from')) return [];
      const [, fields] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
      const [, parent, group] = fields.split(' ').map(Number);
      return parent === process.pid ? [group - pid] : [];
    } catch {
      return [];
    }
  });
}

const processIds = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);

(process.platform === 'linux' ? test : test.skip)(
  'Ctrl-C does not reach what measures: the command alone decides',
  async () => {
    let isOver = false;
    const proven = provenLanes().finally(() => (isOver = true));
    const seen = new Set<number>();
    while (!isOver) {
      groups().forEach((difference) => seen.add(difference));
      await turn();
    }
    expect((await proven).lanes).toBeGreaterThan(0);
    // Each leads a group of its own.
    expect([...seen]).toEqual([0]);
  },
);
