import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { classHtml } from '../../../grader/report/class/classHtml.ts';
import { exampleClass } from '../../../grader/report/test/exampleClass.ts';
import { findChromium, NO_CHROMIUM, openBrowser } from './openBrowser.ts';
import { visit } from './visit.ts';

const SIZE = 120;
const report = exampleClass(SIZE);

const chromium = findChromium();
if (chromium === undefined) test.skip(NO_CHROMIUM, () => {});
else describe('the table of students', () => examine(chromium));

function examine(executable: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-test-'));
  const file = join(folder, 'class.html');
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(file, await classHtml(report));
    browser = await openBrowser(executable);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  const onPage = (work: (page: Page) => Promise<void>, options = {}) =>
    visit(browser, file, options, async ({ page, complaints }) => {
      await work(page);
      expect(complaints).toEqual([]);
    });

  test('is sorted by points, the most first, then the least; students without points come last', () =>
    onPage(async (page) => {
      const earned = report.rows.flatMap(({ totals }) => (totals ? [totals.earned] : []));
      const scores = async () => (await shown(page)).map(({ points }) => points);
      const none = Array<number>(SIZE - earned.length).fill(NaN);
      await page.getByRole('button', { name: 'Points' }).click();
      expect(await scores()).toEqual([...earned.sort((a, b) => b - a), ...none]);
      await page.getByRole('button', { name: 'Points' }).press('Enter');
      expect(await scores()).toEqual([...earned.reverse(), ...none]);
      expect(await page.locator('th[aria-sort]').allTextContents()).toEqual(['Points']);
    }));

  test('is filtered by words of any column, in any order', () =>
    onPage(async (page) => {
      await page.getByLabel('Search').fill('lovelace ADA');
      const names = (await shown(page)).map(({ name }) => name);
      expect(names.length).toBe(report.rows.filter(({ name }) => name === 'Ada Lovelace').length);
      expect(names.every((name) => name.includes('Ada Lovelace'))).toBe(true);
      expect(await page.getByRole('status').textContent()).toBe(`${names.length} of ${SIZE} shown`);
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByText(`${SIZE} of ${SIZE} shown`).waitFor();
    }));

  test('is filtered by who needs a human, and by the count of a mistake', () =>
    onPage(async (page) => {
      await page.getByLabel('Group').selectOption('not graded');
      const failed = report.rows.filter(({ status }) => status !== 'graded').length;
      expect(await shown(page)).toHaveLength(failed);
      const [commonest] = report.mistakes;
      await page.locator('.cards a.times').first().click();
      expect(await shown(page)).toHaveLength(commonest.rows.length);
      expect((await shown(page)).map(({ place }) => place)).toEqual(commonest.rows);
    }));

  test('is complete without a script', () =>
    onPage(
      async (page) => {
        expect(await page.locator('#students tbody tr').count()).toBe(SIZE);
        expect(await page.locator('#students tbody tr:visible').count()).toBe(SIZE);
        expect(await page.locator('form:visible, #students th button').count()).toBe(0);
      },
      { javaScriptEnabled: false },
    ));
}

interface Shown {
  readonly name: string;
  readonly points: number;
  /** In the report. */
  readonly place: number;
}

/** The visible rows, from the top. */
async function shown(page: Page): Promise<Shown[]> {
  const rows = await page.locator('#students tbody tr:visible').evaluateAll((all) =>
    all.map((row) => {
      const [who, points] = row.children;
      return { who: who.textContent ?? '', earned: points.getAttribute('data-value') };
    }),
  );
  return rows.map(({ who, earned }) => ({
    name: who,
    points: earned === null || earned === '' ? NaN : Number(earned),
    place: Number(/s(1\d\d\d)$/.exec(who.trim())?.[1]) - 1000,
  }));
}
