import { expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { RepeatReport } from '../../model/repeatReport.ts';
import { HOSTILE } from '../test/hostileReport.ts';
import { renderRepeated } from './renderRepeated.ts';

const seeds = Array.from({ length: 12 }, (_, i) => 2_000_000_000 + i);
const criterion = (id: string) => ({
  ...{ id, title: id, points: 12.25, usual: 'passed', flips: 8, least: 0, most: 12.25 },
  runs: seeds.map((_, i) => ({ status: ['passed', 'failed', 'inconclusive'][i % 3], earned: i })),
});

test.each([80, 100, 200])('nothing is wider than %i cells, and every id is whole', (width) => {
  const ids = ['im2mat.definition', 'conv2d.backward-overwrite', 'speed.conv2d-backward'];
  for (const name of HOSTILE) {
    const report = RepeatReport.parse({
      ...{ schema: 'im2grade/repeat-report', version: 1, assignment: { id: 'x', version: 1 }, only: [], seeds },
      ...{ submission: { name, digest: 'x' }, earned: seeds.map((_, i) => i), criteria: ids.map(criterion) },
    });
    for (const colour of [false, true]) {
      const text = renderRepeated(report, { width, colour });
      expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
      for (const id of ids) expect(text).toContain(id);
      expect(text).toContain('2000000001');
    }
  }
});
