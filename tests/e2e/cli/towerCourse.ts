/** A course with one assignment: `height` returns a number, which is measured roughly unless a place depends on it. */
export const TOWER_COURSE = {
  'course/skeleton/tower/assignment.yaml': `title: The highest tower
version: 1
entry: src/entry.ts
deliverables: [{ path: src/height.ts, exports: [height] }]
packages: ['@im2grade/nn']
limits: { fileBytes: 65536, buildSeconds: 10, loadSeconds: 4, callSeconds: 2.5, memoryMiB: 512 }
leaderboard:
  value: height of the tower
  from: [tower.height]
  better: higher
  shown: { as: number, decimals: 1 }
  bonus: [0.5, 0.25]
  settings: { exactly: 1 }
rubric:
  - group: Tower
    criteria:
      - id: tower.height
        title: The tower is high
        asks: At least 5.
        points: 1
        kind: correctness
        examines: [src/height.ts]
        settings: { least: 5, exactly: 0 }
`,
  'course/skeleton/tower/README.md': '# Tower\n',
  'course/skeleton/tower/package.json': JSON.stringify({
    ...{ name: '@im2grade/tower', version: '0.1.0', private: true, type: 'module' },
    dependencies: { '@im2grade/nn': '*' },
  }),
  'course/skeleton/tower/src/entry.ts': `import type { Entry } from '@im2grade/nn';
import { height } from './height.ts';

export const entry: Entry = {
  height({ outputs: [h] }) {
    h[0] = height();
  },
};
`,
  'course/skeleton/tower/src/height.ts': 'export const height = (): number => 0;\n',
  'course/reference/tower/src/height.ts': 'export const height = (): number => 9;\n',
  'course/tests/tower/1-tower.suite.ts': `import { credit, criterion, CriterionFailure } from '@im2grade/kit';

criterion(
  'tower.height',
  async ({ submission, criterion: { settings } }) => {
    const call = { name: 'height', options: {}, inputs: [], outputs: [{ dtype: 'float64' as const, length: 1 }] };
    const { outputs } = await submission.call(call);
    const isExact = settings['exactly'] === 1;
    const [value, within] = isExact ? [outputs[0][0], 0] : [Math.round(outputs[0][0]), 1];
    const evidence = [
      { type: 'measurement' as const, name: 'height', value, within, isShare: false, on: isExact ? 'all of it' : 'a glance' },
    ];
    if (value < settings['least']) throw new CriterionFailure('too low', evidence);
    return credit(1, '', evidence);
  },
  { settings: ['least', 'exactly'] },
);
`,
} as const;

/** What somebody hands in. */
export const towerOf = (height: number): string => `export const height = (): number => ${height};\n`;
