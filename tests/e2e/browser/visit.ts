import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PATIENCE_MS } from './openBrowser.ts';

export interface Visit {
  readonly page: Page;
  /** Events that a well-behaved page never causes: console messages, errors, dialogs, requests. */
  readonly complaints: readonly string[];
}

/** Opens a saved page in a tab of its own while `work` runs. */
export function visit(
  browser: Browser,
  file: string,
  options: BrowserContextOptions,
  work: (visit: Visit) => Promise<void>,
): Promise<void> {
  const address = pathToFileURL(file).href;
  return visitAddress(browser, address, (url) => url === address, options, work);
}

/**
 * Opens an address in a browser of its own, without cookies, while `work` runs.
 *
 * @param isOwn - whether the page may request something
 */
export async function visitAddress(
  browser: Browser,
  address: string,
  isOwn: (url: string) => boolean,
  options: BrowserContextOptions,
  work: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!isOwn(url) && !url.startsWith('data:')) complaints.push(`request: ${url}`);
    });
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(address);
    await work({ page, complaints });
  } finally {
    await context.close();
  }
}

/** What axe rates as serious or critical on a page, one line for each rule with the first place. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource());
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}, ${nodes.length} times, first ${nodes[0].html}`);
}

/** As text, because it runs only in the page. */
const axeSource = (): string => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The elements that show only a part of what is in them. */
export const cutIn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('body *:not(.sr):not(svg *)')]
    .filter((each) => each.checkVisibility() && getComputedStyle(each).overflow !== 'visible')
    .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
    .map((each) => each.outerHTML.slice(0, 80))`);

/** How far the page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
