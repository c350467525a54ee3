import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCounterexamples } from '@im2grade/handout';
import type { Browser } from 'playwright-core';
import { classHtml } from '../../../grader/report/class/classHtml.ts';
import { renderHtml } from '../../../grader/report/html/renderHtml.ts';
import { renderStudentPage } from '../../../grader/report/html/studentPage.ts';
import { leaderboardHtml } from '../../../grader/report/leaderboard/leaderboardHtml.ts';
import { proofHtml } from '../../../grader/report/proof/proofHtml.ts';
import { exampleClass } from '../../../grader/report/test/exampleClass.ts';
import { exampleLeaderboard } from '../../../grader/report/test/exampleLeaderboard.ts';
import { exampleProof } from '../../../grader/report/test/exampleProof.ts';
import { similarityHtml } from '../../../grader/report/similarity/similarityHtml.ts';
import { exampleSimilarity, hostileSimilarity } from '../../../grader/report/test/exampleSimilarity.ts';
import { exampleReport } from '../../../grader/report/test/exampleReport.ts';
import { hostileReport } from '../../../grader/report/test/hostileReport.ts';
import { findChromium, NO_CHROMIUM, openBrowser } from './openBrowser.ts';
import { overflowOf, seriousFindings, visit } from './visit.ts';

const PAGES = {
  'a score report': () => renderHtml(exampleReport()),
  'a score report of hostile text': () => renderHtml(hostileReport()),
  'the page of a student': () => renderStudentPage(exampleReport()),
  'the report of a class of 500': () => classHtml(exampleClass(500)),
  'the similar submissions of a class': () => similarityHtml(exampleSimilarity()),
  'similar submissions of hostile text': () => similarityHtml(hostileSimilarity()),
  'the leaderboard of a class': () => leaderboardHtml(exampleLeaderboard()),
  'the proof of an assignment’s suites': () => proofHtml(exampleProof()),
};
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

const chromium = findChromium();
if (chromium === undefined) test.skip(NO_CHROMIUM, () => {});
else describe('in Chromium', () => examine(chromium));

function examine(executable: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-test-'));
  const fileOf = (name: string) => join(folder, `${name.replaceAll(' ', '-')}.html`);
  let browser: Browser;
  beforeAll(async () => {
    for (const [name, make] of Object.entries(PAGES)) writeFileSync(fileOf(name), await make());
    browser = await openBrowser(executable);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  describe.each(Object.keys(PAGES))('%s', (name) => {
    test.each([
      ['in light on a phone', { colorScheme: 'light', viewport: PHONE }],
      ['in dark on a phone', { colorScheme: 'dark', viewport: PHONE }],
      ['in light on a desktop', { colorScheme: 'light', viewport: DESKTOP }],
      ['in dark on a desktop', { colorScheme: 'dark', viewport: DESKTOP }],
    ] as const)('is read %s', async (_, options) => {
      await visit(browser, fileOf(name), options, async ({ page, complaints }) => {
        expect(await overflowOf(page)).toBe(0);
        expect(await seriousFindings(page)).toEqual([]);
        expect(complaints).toEqual([]);
      });
    });

    test('fits a phone with everything unfolded', async () => {
      await visit(browser, fileOf(name), { viewport: PHONE }, async ({ page }) => {
        await page.evaluate('document.querySelectorAll("details").forEach((each) => (each.open = true))');
        expect(await overflowOf(page)).toBe(0);
      });
    });
  });

  test('a student saves the inputs that the page’s commands run', async () => {
    await visit(browser, fileOf('the page of a student'), {}, async ({ page }) => {
      const saving = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Save the inputs' }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe('replay.json');
      expect(readCounterexamples(await saved.path()).counterexamples).not.toEqual([]);
    });
  });
}
