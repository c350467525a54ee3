import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Example, openExample } from '../../../grader/desk/test/openExample.ts';
import type { ServedDesk } from '../../../grader/desk/serveDesk.ts';
import { openBrowser } from './openBrowser.ts';
import { visitAddress } from './visit.ts';

/** A desk of a course that does not exist, and a browser in which people work at it. */
export class DeskVisits {
  readonly example: Example;
  readonly #served: ServedDesk;
  readonly #browser: Browser;

  private constructor(example: Example, served: ServedDesk, browser: Browser) {
    this.example = example;
    this.#served = served;
    this.#browser = browser;
  }

  static async begin(executable: string, settings: Parameters<typeof openExample>[0] = {}): Promise<DeskVisits> {
    const example = await openExample(settings);
    return new DeskVisits(example, await example.serve(), await openBrowser(executable));
  }

  /** Signs somebody in, and returns what a well-behaved page never causes: console messages, errors, dialogs, requests. */
  async as(
    name: string,
    options: BrowserContextOptions,
    work: (page: Page) => Promise<void>,
  ): Promise<readonly string[]> {
    const { host } = this.#served;
    const address = `http://${host}/enter?token=${this.example.sessions.newLink(name)}`;
    const found: string[] = [];
    await visitAddress(
      this.#browser,
      address,
      (url) => url.startsWith(`http://${host}/`),
      options,
      async ({ page, complaints }) => {
        await work(page);
        found.push(...complaints);
      },
    );
    return found;
  }

  open(page: Page, path: string): ReturnType<Page['goto']> {
    return page.goto(`http://${this.#served.host}${path}`);
  }

  async end(): Promise<void> {
    await this.#browser.close();
    await this.#served.close();
    await this.example.close();
  }
}
