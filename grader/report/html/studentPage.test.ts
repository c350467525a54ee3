import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCounterexamples } from '@im2grade/handout';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Visibility } from '../../model/assignment.ts';
import type { Evidence, Tensor } from '../../model/evidence.ts';
import { ScoreReport } from '../../model/report.ts';
import { exampleReport } from '../test/exampleReport.ts';
import { publicHiddenLine } from '../text/publicHiddenLine.ts';
import { renderHtml } from './renderHtml.ts';
import { renderStudentPage, renderStudentPageAfterDue } from './studentPage.ts';

/** The example in which criteria of this visibility lost their points on inputs made of one number. */
function reportOn(visibility: Visibility, number: number): ScoreReport {
  const evidence = [counterexampleOf(number), { type: 'remark', message: `the sum is ${number}` }];
  const report = exampleReport();
  return ScoreReport.parse({
    ...report,
    outcomes: report.outcomes.map((outcome, i) =>
      i % 2 === 0
        ? { ...outcome, visibility, reason: `got ${number}`, replay: `grade --only x --seed ${number}`, evidence }
        : outcome,
    ),
  });
}

/** Small tensors are drawn as numbers, digits as pixels: both are here. */
function counterexampleOf(number: number): Evidence {
  const tensor = (name: string, size: number): Tensor => ({
    name,
    axes: [
      { name: 'iy', size },
      { name: 'ix', size },
    ],
    values: Array.from({ length: size * size }, (_, i) => ((i * number) % 1009) + number),
  });
  return {
    type: 'counterexample',
    law: `f(${number}) is even`,
    message: `expected ${number}`,
    cause: `${number} is odd`,
    geometry: { InY: number },
    inputs: [tensor('small', 3), tensor('digit', 28)],
    expected: tensor('out', 3),
    got: tensor('out', 3),
    wrongIndex: number % 9,
    seed: number,
    path: `${number}:0`,
    replay: {
      name: 'f',
      options: { InY: number },
      inputs: ['small', 'digit'],
      outputs: [9],
      compared: { of: 'outputs', index: 0 },
      exact: true,
      against: 'expected',
    },
  };
}

const [ONE, OTHER] = [271828182, 577215664];

describe.each([
  ['before the due date', renderStudentPage, ['hidden', 'after-due'], ['visible']],
  ['after the due date', renderStudentPageAfterDue, ['hidden'], ['visible', 'after-due']],
] as const)('the page %s', (_, render, closed, open) => {
  test.each(closed)('does not depend on what a criterion that is %s examined', async (visibility) => {
    const page = await render(reportOn(visibility, ONE));
    expect(page).toBe(await render(reportOn(visibility, OTHER)));
    expect(page).not.toContain(String(ONE));
  });

  test.each(open)('shows what a criterion that is %s examined', async (visibility) => {
    expect(await render(reportOn(visibility, ONE))).toContain(String(ONE));
  });

  test('says how much of the score is hidden', async () => {
    const report = reportOn('hidden', ONE);
    expect(publicHiddenLine(report.outcomes)).toMatch(/^public [\d.]+ \/ \d+ · hidden [\d.]+ \/ \d+$/);
    expect(await render(report)).toContain(publicHiddenLine(report.outcomes));
  });

  test('names only commands of the handout, and contains the inputs that they run', async () => {
    const page = await render(reportOn('visible', ONE));
    const commands = [...page.matchAll(/<span>Run it again<\/span> <code>(.*?)<\/code>/gs)].map(([, code]) =>
      code.replace(/<.*?>|\s+$/g, ''),
    );
    const file = carriedBy(page);
    const counterexamples = readCounterexamples(file).counterexamples;
    expect(new Set(commands)).toEqual(
      new Set(counterexamples.map(({ criterion }) => `npx grade replay replay.json ${criterion}`)),
    );
    expect(counterexamples[0].inputs[0].values[0]).toBe(ONE);
  });

  test('a failure on public inputs is shown in place of a hidden one', async () => {
    const report = reportOn('hidden', ONE);
    const publicFailure = { reason: `got ${OTHER}`, evidence: [counterexampleOf(OTHER)] };
    const page = await render({ ...report, outcomes: report.outcomes.map((each) => ({ ...each, publicFailure })) });
    expect(page).not.toContain(String(ONE));
    expect(page).toContain(String(OTHER));
  });
});

const folder = mkdtempSync(join(tmpdir(), 'im2grade-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Saves the file that a page contains; returns its path. */
function carriedBy(page: string): string {
  const [, data] = /data:application\/json;base64,([\w+/=]+)/.exec(page)!;
  const path = join(folder, 'replay.json');
  writeFileSync(path, Buffer.from(data, 'base64'));
  return path;
}

test('the page for teachers shows everything', async () =>
  expect(await renderHtml(reportOn('hidden', ONE))).toContain(String(ONE)));
