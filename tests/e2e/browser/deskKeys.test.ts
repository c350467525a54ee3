import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { recordClass } from '../../../grader/desk/test/exampleCourse.ts';
import { CRITERION } from '../../../grader/desk/test/openExample.ts';
import { DeskVisits } from './DeskVisits.ts';
import { findChromium, NO_CHROMIUM } from './openBrowser.ts';

const CLASS = '/a/conv2d-gemm/';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0';

/** What the protocol of Chromium calls the keys that are held. */
const [ALT, CTRL_ALT] = [1, 3];

const chromium = findChromium();
if (chromium === undefined) test.skip(NO_CHROMIUM, () => {});
else describe('the keys of the desk in Chromium', () => examine(chromium));

function examine(executable: string): void {
  let visits: DeskVisits;
  let teams: string[];
  beforeAll(async () => {
    visits = await DeskVisits.begin(executable);
    teams = await recordClass(visits.example.book, visits.example.assignment, 2);
  });
  afterAll(() => visits?.end());

  test('on a French keyboard the key with the letter counts, not its place', async () => {
    const complaints = await visits.as('Grace', {}, async (page) => {
      await visits.open(page, CLASS);
      await Promise.all([page.waitForURL('**/requests/'), press(page, ALT, { key: 'q', code: 'KeyA', letter: 'Q' })]);
      await visits.open(page, CLASS);
      const digit = { key: '&', code: 'Digit1', letter: '1' };
      await Promise.all([page.waitForURL(/\/team\/\w+\/$/u), press(page, ALT, digit)]);
    });
    expect(complaints).toEqual([]);
  });

  test('on a Mac Option types in a field, and Ctrl+Option is what Alt is elsewhere', async () => {
    const complaints = await visits.as('Grace', { userAgent: MAC }, async (page) => {
      const path = `${CLASS}marking/${CRITERION}/${teams[0]}/`;
      await visits.open(page, path);
      await page.getByLabel('Why').focus();
      await press(page, ALT, { key: 'ø', code: 'KeyO', letter: 'O' });
      await press(page, ALT, { key: 'ArrowRight', code: 'ArrowRight', letter: "'" });
      await page.getByLabel('Why').fill('');
      expect(new URL(page.url()).pathname).toBe(path);
      const next = { key: 'ArrowRight', code: 'ArrowRight', letter: "'" };
      await Promise.all([page.waitForURL((url) => url.pathname !== path), press(page, CTRL_ALT, next)]);
    });
    expect(complaints).toEqual([]);
  });

  test('a key only leads to what has consequences', async () => {
    const complaints = await visits.as('Grace', {}, async (page) => {
      await visits.open(page, `${CLASS}export/`);
      for (const [key, text] of [
        ['P', 'The students know these scores'],
        ['L', 'Sign out'],
      ]) {
        await page.keyboard.press(`Alt+${key}`);
        expect(await page.evaluate('document.activeElement.textContent')).toBe(text);
      }
      await Promise.all([page.waitForURL('**/sign-out'), page.keyboard.press('Enter')]);
    });
    expect(complaints).toEqual([]);
  });

  test('a page with something that was typed and not sent is left only if its reader agrees', async () => {
    const complaints = await visits.as('Grace', {}, async (page) => {
      const path = `${CLASS}marking/${CRITERION}/${teams[0]}/`;
      await visits.open(page, path);
      await page.getByLabel('Why').pressSequentially('not yet sent');
      const asked = page.waitForEvent('dialog');
      await page.keyboard.press('Alt+C');
      await (await asked).dismiss().catch(() => {});
      expect(await page.getByLabel('Why').inputValue()).toBe('not yet sent');
      await page.getByLabel('Points of 5').fill('3');
      await Promise.all([page.waitForURL((url) => url.pathname !== path), page.keyboard.press('Control+Enter')]);
    });
    expect(complaints).toEqual(['dialog: ']);
  });
}

interface Key {
  readonly key: string;
  readonly code: string;
  readonly letter: string;
}

/** A key as browsers report it: what it writes, its place, and what is on it. */
async function press(page: Page, modifiers: number, { key, code, letter }: Key): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const event = { modifiers, key, code, windowsVirtualKeyCode: letter.charCodeAt(0) };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  await session.detach();
}
