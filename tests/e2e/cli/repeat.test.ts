import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { RepeatReport } from '../../../grader/model/repeatReport.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const assignment = assignmentOf('conv2d-gemm');
const good = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
const IM2MAT = 'src/Im2MatLayer.ts';
/** Wrong on one input in 160, so that the seed decides which criteria notice. */
const flaky = good[IM2MAT].replace(
  /(Im2Mat\(INP[^{]*\{)/,
  '$1\n    if (Math.abs(INP[0] * 997) % 1 < 0.006) { OUT.fill(0); return; }',
);
const handIn = (im2mat: string) =>
  Object.fromEntries(Object.entries({ ...good, [IM2MAT]: im2mat }).map(([path, text]) => [`ada/${path}`, text]));
const ONLY = ['--only', 'im2mat.definition', 'im2mat.linearity', 'im2mat.batch', 'mat2im.definition'];

test.concurrent('a score that depends on the inputs shows as flips and a spread, with the seeds that replay them', () =>
  inFolder(handIn(flaky), async (folder) => {
    const { code, stdout } = await runGrade(['ada', ...ONLY, '--repeat', '5', '--seed', '1', '--json'], folder);
    expect(code).toBe(0);
    const report = RepeatReport.parse(JSON.parse(stdout));
    expect(report.seeds).toEqual([1, 2, 3, 4, 5]);
    const byId = new Map(report.criteria.map((criterion) => [criterion.id, criterion]));
    expect(byId.get('mat2im.definition')).toMatchObject({ usual: 'passed', flips: 0, least: 3, most: 3 });
    const flipped = report.criteria.filter(({ flips }) => flips > 0);
    expect(flipped.length).toBeGreaterThan(0);
    for (const { runs, usual, flips, least, most } of flipped) {
      expect(runs.filter(({ status }) => status !== usual)).toHaveLength(flips);
      expect([least, most]).toEqual([0, Math.max(...runs.map(({ earned }) => earned))]);
    }
    expect(new Set(report.earned).size).toBeGreaterThan(1);
    expect(readFileSync(join(folder, 'reports/ada/repeat.json'), 'utf8')).toBe(stdout);
    const [{ id, runs, usual }] = flipped;
    const unusual = runs.findIndex(({ status }) => status !== usual);
    const once = await runGrade(['ada', '--only', id, '--seed', String(report.seeds[unusual]), '--json'], folder);
    const { outcomes } = JSON.parse(once.stdout) as { outcomes: { status: string }[] };
    expect(outcomes[0].status).toBe(runs[unusual].status);
  }),
);

test.concurrent('a score that does not is reported to be the same each time', () =>
  inFolder(handIn(good[IM2MAT]), async (folder) => {
    const { code, stdout } = await runGrade(['ada', '--only', 'im2mat', '--repeat', '2'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ada: 2 gradings on fresh inputs, seeds \d+ to \d+\nEarned {2}15, 0 flips\n/u);
    expect(stdout).toContain('11 of 11 criteria had the same result each time');
  }),
);

test.concurrent.each(['0', '-2', '1.5', 'many'])('--repeat %s is refused in one line', (times) =>
  inFolder(handIn(good[IM2MAT]), async (folder) => {
    const { code, stderr } = await runGrade(['ada', `--repeat=${times}`], folder);
    expect(stderr).toMatch(/^grade: --repeat \S+: must be a whole number of at least 1\n$/u);
    expect(code).toBe(2);
    expect(readdirSync(folder)).not.toContain('reports');
  }),
);
