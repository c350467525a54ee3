import { expect, test } from '@jest/globals';
import type { Regraded, Regrading } from '../../course/regrade.ts';
import { MachineFault } from '../../model/errors.ts';
import { attemptsOf } from '../../gradebook/store/attempts.ts';
import { saveGrading } from '../../gradebook/store/gradings.ts';
import { readReportedResult, saveResult } from '../../gradebook/store/results.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { totalsOf } from '../../score/score.ts';
import type { Browsing } from '../test/browse.ts';
import { recordClass } from '../test/exampleCourse.ts';
import { type Example, openExample } from '../test/openExample.ts';

const PAGE = '/a/conv2d-gemm/regrading/';

/** The batch that the page offers to take back; empty if there is none. */
const offered = async ({ read }: Browsing) => /name="batch" value="(.*?)"/u.exec(await read(PAGE))?.[1] ?? '';
const takeBack = async (grace: Browsing) => grace.send(PAGE, { batch: await offered(grace) }, `${PAGE}undo`);

/** As if a grading with another grader had given these points for `im2mat.padding`. */
async function regraded({ book, assignment }: Example, team: string, earned: number): Promise<Regraded> {
  const [attempt] = await book.read((db) => attemptsOf(db, [team], assignment.id));
  const { report } = (await readReportedResult(book, attempt.result))!;
  const outcomes = report.outcomes.map((outcome) =>
    outcome.id === 'im2mat.padding'
      ? { ...outcome, earned, status: earned > 0 ? ('passed' as const) : ('failed' as const) }
      : outcome,
  );
  const anew = { ...report, outcomes, totals: totalsOf(assignment, outcomes) };
  const key = `new ${attempt.id}`;
  const facts = { key, assignment: assignment.id, submission: attempt.digest, seed: 7 };
  await saveGrading(book, { ...facts, assignmentSources: 'a', graderSources: 'new' }, anew);
  const result = { attempt: attempt.id, gradings: [key], rubric: 'r', report: anew, isFull: true };
  const newResult = await saveResult(book, result);
  const after = exportedScore(anew.totals).score;
  return {
    team,
    change: { attempt: attempt.id, oldResult: attempt.result, newResult, reason: '' },
    item: {
      ...{ students: team, team, attempt: '', before: attempt.score, after, reason: '', because: ['grader'] },
      counting: { before: attempt.score, after },
      criteria: [{ id: 'im2mat.padding', before: '0 of 2', after: `${earned} of 2` }],
    },
  };
}

test('a proposal changes nothing until a student is chosen, and is taken back', async () => {
  let proposal: Regrading = { attempts: 2, changed: [], failed: [] };
  const example = await openExample({ regrade: () => Promise.resolve(proposal) });
  try {
    const teams = await recordClass(example.book, example.assignment, 2);
    const scores = async () =>
      Promise.all(
        teams.map((team) =>
          example.book.read(async (db) => (await attemptsOf(db, [team], example.assignment.id))[0].score),
        ),
      );
    const before = await scores();
    const changed = [await regraded(example, teams[0], 2), await regraded(example, teams[1], 0)];
    proposal = { ...proposal, changed };
    const grace = await example.as('Grace');
    expect((await grace.send(PAGE, {}, `${PAGE}start`)).status).toBe(303);
    const page = await grace.read(`${PAGE}?criterion=im2mat.padding`);
    expect(page).toContain('What would change');
    expect([...page.matchAll(/name="attempt" value="\w+"\s+(checked)?/gu)].map(([, checked]) => checked)).toEqual([
      'checked',
      undefined,
    ]);
    expect(await scores()).toEqual(before);
    const attempt = changed[0].change.attempt;
    expect((await grace.send(PAGE, { attempt, what: 'apply' }, `${PAGE}decide`)).status).toBe(303);
    expect(await scores()).toEqual([before[0] + 2, before[1]]);
    expect(await grace.read(PAGE)).not.toContain(attempt);
    const keep = { attempt: changed[1].change.attempt, what: 'keep' };
    expect((await grace.send(PAGE, keep, `${PAGE}decide`)).status).toBe(303);
    expect((await grace.send(PAGE, keep, `${PAGE}decide`)).status).toBe(400);
    expect((await takeBack(grace)).status).toBe(303);
    expect(await scores()).toEqual(before);
    expect((await takeBack(grace)).status).toBe(400);
    // Made anew, without a press.
    expect(await grace.read(PAGE)).toContain(attempt);
    const both = changed.map(({ change }) => change.attempt);
    expect((await grace.send(PAGE, { attempt: both, what: 'apply' }, `${PAGE}decide`)).status).toBe(303);
    expect(await scores()).toEqual(changed.map(({ item }) => item.after));
  } finally {
    await example.close();
  }
});

test('a criterion is applied to all who do not lose by it, and then everything', async () => {
  let proposal: Regrading = { attempts: 3, changed: [], failed: [] };
  const example = await openExample({ regrade: () => Promise.resolve(proposal) });
  try {
    const teams = await recordClass(example.book, example.assignment, 3);
    const scoreOf = async (team: string) =>
      example.book.read(async (db) => (await attemptsOf(db, [team], example.assignment.id))[0].score);
    const before = await Promise.all(teams.map(scoreOf));
    const other = await regraded(example, teams[2], 2);
    const criteria = [{ id: 'mat2im.stride', before: '0 of 1', after: '1 of 1' }];
    const changed = [
      await regraded(example, teams[0], 2),
      await regraded(example, teams[1], 0),
      { ...other, item: { ...other.item, before: other.item.after! - 1, criteria } },
    ];
    proposal = { ...proposal, changed };
    const grace = await example.as('Grace');
    await grace.send(PAGE, {}, `${PAGE}start`);
    const apply = (criterion: string) => grace.send(PAGE, { what: 'apply-all', criterion }, `${PAGE}decide`);
    expect(await grace.read(`${PAGE}?criterion=im2mat.padding`)).toContain(
      'Apply im2mat.padding to all who do not lose',
    );
    expect((await apply('im2mat.padding')).status).toBe(303);
    expect(await Promise.all(teams.slice(0, 2).map(scoreOf))).toEqual([changed[0].item.after, before[1]]);
    expect(await grace.read(PAGE)).toContain(changed[2].change.attempt);
    expect((await apply('')).status).toBe(303);
    const left = await grace.read(PAGE);
    expect(left).not.toContain(changed[2].change.attempt);
    expect(left).toContain(changed[1].change.attempt);
    expect(left).toContain('2 attempts decided on');
    expect((await apply('')).status).toBe(400);
    expect(left).toMatch(/Applied last: the new score of 1 attempt, on\s+[\d-]+ [\d:]+.* by <bdi>Grace<\/bdi>/u);
    const batch = await offered(grace);
    const twice = () => grace.send(PAGE, { batch }, `${PAGE}undo`);
    expect([(await twice()).status, (await twice()).status]).toEqual([303, 400]);
    expect(await Promise.all(teams.map(scoreOf))).toEqual([changed[0].item.after, before[1], before[2]]);
    expect((await takeBack(grace)).status).toBe(303);
    expect(await Promise.all(teams.map(scoreOf))).toEqual(before);
  } finally {
    await example.close();
  }
});

test('it runs beside the pages, says how far it is, and can be stopped', async () => {
  const example = await openExample({
    regrade: (_assignment, began, signal) => {
      began(3, 40);
      const nothing = { attempts: 0, changed: [], failed: [] };
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(nothing)));
    },
  });
  try {
    await recordClass(example.book, example.assignment, 1);
    const grace = await example.as('Grace');
    await grace.send(PAGE, {}, `${PAGE}start`);
    expect(await grace.read(PAGE)).toContain('3 of 40');
    const live = (await grace.get(`${PAGE}live`)).text();
    await grace.send(PAGE, {}, `${PAGE}stop`);
    expect(await live).toMatch(/"text":"3 of 40".*"reload":true/su);
    expect(await grace.read(PAGE)).not.toContain('What would change');
  } finally {
    await example.close();
  }
});

test('what the machine fails at is said on the page', async () => {
  const example = await openExample({ regrade: () => Promise.reject(new MachineFault('the disk is full')) });
  try {
    await recordClass(example.book, example.assignment, 1);
    const grace = await example.as('Grace');
    await grace.send(PAGE, {}, `${PAGE}start`);
    expect(await grace.read(PAGE)).toContain('the disk is full');
  } finally {
    await example.close();
  }
});
