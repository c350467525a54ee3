import { expect, test } from '@jest/globals';
import { findAssignment } from '../assignments/findAssignments.ts';
import { ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import type { ScoreReport } from '../model/report.ts';
import { renderGradescope } from '../platforms/gradescope/renderGradescope.ts';
import { renderStudentPage } from '../report/html/studentPage.ts';
import { renderReport } from '../report/terminal/renderReport.ts';
import { exampleReport } from '../report/test/exampleReport.ts';
import { exportedScore } from '../report/text/exportedScore.ts';
import { applyEntries } from './applyEntries.ts';
import { type Entry, NOTHING_GIVEN } from './store/entries.ts';

const report = exampleReport();
const assignment = findAssignment(ROOT, report.assignment.id);
let made = 0;
const entry = (more: Partial<Entry> & Pick<Entry, 'kind'>): Entry => ({
  ...NOTHING_GIVEN,
  ...{ id: String(made++), note: 'because', by: 'Grace', at: '2026-11-20T09:00:00.000Z' },
  ...{ digest: report.submission.digest },
  ...more,
});
const settled = (...entries: Entry[]) => applyEntries(assignment, report, entries, undefined);
const outcomeOf = ({ outcomes }: ScoreReport, id: string) => outcomes.find((outcome) => outcome.id === id)!;
const failed = report.outcomes.find(
  ({ kind, status, bonus }) => kind === 'correctness' && status === 'failed' && !bonus,
)!;
const before = applyEntries(assignment, report, [], undefined).totals;

test('points replace those of a criterion, with who gave them and what the grader had found', () => {
  const given = settled(entry({ kind: 'points', criterion: failed.id, points: failed.points }));
  expect(outcomeOf(given, failed.id)).toMatchObject({
    status: 'passed',
    earned: failed.points,
    given: { by: 'Grace' },
  });
  expect(outcomeOf(given, failed.id).evidence[0]).toMatchObject({
    type: 'remark',
    message: /the grader gave 0/ as never,
  });
  expect(given.totals.earned).toBe(before.earned + failed.points);
});

test('a deduction is from a criterion or the total, never below 0, and the last one counts', () => {
  const passed = report.outcomes.find(
    ({ kind, status, points }) => kind === 'correctness' && status === 'passed' && points > 0,
  )!;
  const less = settled(entry({ kind: 'deduction', criterion: passed.id, points: passed.points / 2 }));
  expect(outcomeOf(less, passed.id)).toMatchObject({ status: 'partial', earned: passed.points / 2 });
  const whole = settled(entry({ kind: 'deduction', points: 2 }));
  expect(whole.totals).toMatchObject({
    earned: before.earned - 2,
    deducted: { points: 2, note: 'because', by: 'Grace' },
  });
  expect(exportedScore(whole.totals).score).toBe(exportedScore(before).score - 2);
  expect(settled(entry({ kind: 'deduction', points: 1000 })).totals.earned).toBe(0);
  expect(settled(entry({ kind: 'deduction', points: 2 }), entry({ kind: 'deduction', points: 0 })).totals).toEqual(
    before,
  );
});

test('late work loses its share of what is left', () => {
  const times = { dueAt: '2026-11-20T09:00:00.000Z', handedInAt: '2026-11-21T09:00:00.000Z' };
  const late = applyEntries(assignment, report, [entry({ kind: 'deduction', points: 2 })], times).totals.late!;
  const without = applyEntries(assignment, report, [], times).totals.late!;
  expect(late.counts).toBeCloseTo(without.counts - 2 * without.keep);
});

test('a comment reaches every form, the student’s page of a hidden criterion included', async () => {
  const hidden = report.outcomes.find(({ visibility }) => visibility !== 'visible')!;
  const [path] = assignment.deliverables.map((each) => each.path);
  const commented = settled(
    entry({ kind: 'comment', criterion: hidden.id, note: 'about this criterion' }),
    entry({ kind: 'comment', file: path, line: 7, note: 'about this line' }),
    entry({ kind: 'comment', note: 'about all of it' }),
  );
  for (const text of [await renderStudentPage(commented), renderGradescope(commented), JSON.stringify(commented)])
    for (const part of ['about this criterion', `${path}:7: about this line`, 'about all of it'])
      expect([part, text.includes(part)]).toEqual([part, true]);
  expect(renderReport(settled(entry({ kind: 'deduction', points: 2 })), { width: 100, colour: false })).toContain(
    '2 deducted (because)',
  );
});

test('what the grader found of a hidden criterion stays hidden when a person replaces its points', async () => {
  const hidden = report.outcomes.find(({ visibility, reason }) => visibility === 'hidden' && reason !== '') ?? failed;
  const secret = { ...hidden, visibility: 'hidden' as const, reason: 'SECRET-INPUT' };
  const outcomes = report.outcomes.map((outcome) => (outcome.id === hidden.id ? secret : outcome));
  const given = applyEntries(
    assignment,
    { ...report, outcomes },
    [entry({ kind: 'points', criterion: hidden.id, points: 0, note: 'as agreed' })],
    undefined,
  );
  const page = await renderStudentPage(given);
  expect(page).toContain('as agreed');
  expect(page).not.toContain('SECRET-INPUT');
});

test('a bonus by the class is part of the score, and is shown as what it is', async () => {
  const given = settled(
    entry({ kind: 'bonus', points: 1 }),
    entry({ kind: 'bonus', points: 2, note: 'place 1 on the leaderboard' }),
  );
  expect(given.totals).toMatchObject({ earned: before.earned, bonus: before.bonus + 2 });
  expect(exportedScore(given.totals).score).toBe(exportedScore(before).score + 2);
  const place = 'place 1 on the leaderboard';
  expect(await renderStudentPage(given)).toContain(`2 by the class as a whole: ${place}`);
  expect(renderReport(given, { width: 100, colour: false }).replaceAll(/\s+/gu, ' ')).toContain(
    `2 bonus by the class (${place})`,
  );
  expect(settled(entry({ kind: 'bonus', points: 2 }), entry({ kind: 'bonus', points: 0 })).totals).toEqual(before);
});

test('a bonus by the class makes up for lost points and no more, if the assignment’s own bonus does so', () => {
  const within = { ...assignment, bonus: { cap: 0, withinMaximum: true } };
  const { totals } = applyEntries(within, report, [entry({ kind: 'bonus', points: 1000 })], undefined);
  expect(totals.earned + totals.bonus).toBeCloseTo(totals.all, 9);
});
