import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { recordClass, recordWork } from '../../../grader/desk/test/exampleCourse.ts';
import { CRITERION, type Example } from '../../../grader/desk/test/openExample.ts';
import { addRequest } from '../../../grader/gradebook/store/requests.ts';
import { addEntry, NOTHING_GIVEN } from '../../../grader/gradebook/store/entries.ts';
import { HOSTILE } from '../../../grader/report/test/hostileReport.ts';
import { DeskVisits } from './DeskVisits.ts';
import { findChromium, NO_CHROMIUM } from './openBrowser.ts';
import { cutIn, overflowOf, seriousFindings } from './visit.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const LOOKS = [
  ['in light on a phone', { colorScheme: 'light', viewport: PHONE }],
  ['in dark on a phone', { colorScheme: 'dark', viewport: PHONE }],
  ['in light on a desktop', { colorScheme: 'light', viewport: DESKTOP }],
  ['in dark on a desktop', { colorScheme: 'dark', viewport: DESKTOP }],
] as const;
/** What is left of a sheet between its margins, in CSS pixels. */
const A4 = { width: 718, height: 1047 };
const FILE = 'src/Im2MatLayer.ts';
const CLASS = '/a/conv2d-gemm/';

const chromium = findChromium();
if (chromium === undefined) test.skip(NO_CHROMIUM, () => {});
else describe('the desk in Chromium', () => examine(chromium));

function examine(executable: string): void {
  let visits: DeskVisits;
  let example: Example;
  let teams: string[];
  beforeAll(async () => {
    visits = await DeskVisits.begin(executable, {
      diagnose: () =>
        Promise.resolve({
          tier: 'strict',
          checks: [{ name: 'gemm', found: 'WebAssembly', state: 'absent', remedy: 'apt-get install x' }],
        }),
    });
    ({ example } = visits);
    teams = [...(await recordHostile(example)), ...(await recordClass(example.book, example.assignment, 5))];
  });
  afterAll(() => visits?.end());

  /** Signs somebody in; a page that requests anything from elsewhere, or complains, fails the test. */
  const asSomebody = async (
    name: string,
    options: BrowserContextOptions,
    work: (page: Page) => Promise<void>,
    expected: readonly string[] = [],
  ) => expect(await visits.as(name, options, work)).toEqual(expected);
  const open = (page: Page, path: string) => visits.open(page, path);
  const pages = () => [
    '/',
    CLASS,
    ...teams
      .slice(0, 2)
      .flatMap((team) => [
        `${CLASS}team/${team}/`,
        `${CLASS}team/${team}/source/?file=${FILE}`,
        `${CLASS}team/${team}/changes/?from=skeleton`,
        `${CLASS}marking/${CRITERION}/${team}/`,
      ]),
    `${CLASS}marking/${CRITERION}/`,
    `${CLASS}marking/${CRITERION}/?anonymous=1`,
    `${CLASS}requests/`,
    `${CLASS}regrading/`,
    `${CLASS}export/`,
    '/machine/',
  ];

  test.each(LOOKS)('every page of a hostile class is read %s, and does nothing', (_, options) =>
    asSomebody('Grace', options, async (page) => {
      for (const path of pages()) {
        expect([path, (await open(page, path))?.status()]).toEqual([path, 200]);
        expect([path, await overflowOf(page)]).toEqual([path, 0]);
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
        expect([path, (await page.content()).length < 200_000]).toEqual([path, true]);
      }
    }),
  );

  test('every page is printed whole, and without what only a screen can do', () =>
    asSomebody('Grace', { viewport: A4 }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      for (const path of pages()) {
        await open(page, path);
        expect([path, await overflowOf(page)]).toEqual([path, 0]);
        expect([path, await cutIn(page)]).toEqual([path, []]);
        expect([
          path,
          await page.locator('button, input, select, textarea, body > nav').filter({ visible: true }).count(),
        ]).toEqual([path, 0]);
      }
    }));

  test('keys lead to every page, to the search and out', () =>
    asSomebody('Grace', {}, async (page) => {
      await open(page, CLASS);
      const places = { G: `marking/${CRITERION}/`, Q: 'requests/', R: 'regrading/', X: 'export/', C: '' };
      for (const [key, path] of Object.entries(places))
        await Promise.all([
          page.waitForURL(({ pathname }) => pathname === CLASS + path),
          page.keyboard.press(`Alt+${key}`),
        ]);
      await page.keyboard.press('Alt+S');
      expect(await page.evaluate('document.activeElement.name')).toBe('words');
      await Promise.all([page.waitForURL('**/machine/'), page.keyboard.press('Alt+M')]);
      await Promise.all([page.waitForURL('**/sign-out'), leave(page)]);
      await page.getByText('You are signed out.').waitFor();
      expect(await page.context().cookies()).toEqual([]);
    }));
  const leave = async (page: Page) => {
    await page.keyboard.press('Alt+L');
    await page.keyboard.press('Enter');
  };

  test('a key reaches every form of every page, and means one thing there', () =>
    asSomebody('Grace', {}, async (page) => {
      await example.book.write(async (db) => {
        const [{ id: student }] = await db.selectFrom('students').select('id').limit(1).execute();
        await addRequest(db, { assignment: 'conv2d-gemm', student, criterion: '', text: 'Why?', by: 'Grace' });
      });
      for (const path of pages()) {
        await open(page, path);
        expect([path, await page.evaluate(UNREACHED)]).toEqual([path, []]);
        expect([path, await page.evaluate(AMBIGUOUS)]).toEqual([path, []]);
      }
    }));

  test('keys lead from a class to a line of a student’s file, to what has changed, and back', () =>
    asSomebody('Grace', {}, async (page) => {
      await open(page, `${CLASS}?words=s1001`);
      const press = (key: string, address: RegExp) => Promise.all([page.waitForURL(address), page.keyboard.press(key)]);
      await press('Alt+1', /\/team\/\w+\/$/u);
      await press('Alt+2', /\/source\/.*Im2MatLayer/u);
      await page.keyboard.press('Alt+E');
      expect(await page.evaluate('document.activeElement.name')).toBe('line');
      await press('Alt+B', /\/team\/\w+\/\?attempt=\w+$/u);
      await press('Alt+K', /from=skeleton$/u);
      await press('Alt+B', /\/team\/\w+\/\?attempt=\w+$/u);
      await page.keyboard.press('Alt+E');
      expect(await page.evaluate('document.activeElement.name')).toBe('kind');
    }));

  test('a criterion is graded with keys alone, one student after another', () =>
    asSomebody('Grace', {}, async (page) => {
      await open(page, `${CLASS}marking/${CRITERION}/`);
      await page.keyboard.press('Enter');
      await page.getByLabel('Points of 5').waitFor();
      const graded: string[] = [];
      for (let at = 0; at < 3; at++) {
        graded.push(page.url());
        // A page is given its focus when it is drawn, which may be after it was loaded.
        await page.locator('input[name=points]:focus').waitFor();
        await page.keyboard.type('4');
        await page.keyboard.press('Tab');
        if (at === 0) await page.keyboard.type('clear and short');
        else await page.keyboard.press('Alt+1');
        await Promise.all([page.waitForURL((url) => url.href !== graded[at]), page.keyboard.press('Control+Enter')]);
      }
      expect(new Set(graded).size).toBe(3);
      await open(page, `${CLASS}marking/${CRITERION}/`);
      expect(await page.getByRole('status').textContent()).toContain('3 of ');
      expect(await page.getByText('clear and short').count()).toBe(3);
    }));

  /** Chromium writes the status of the page that shows both to its console. */
  const CONFLICT = 'console: Failed to load resource: the server responded with a status of 409 (Conflict)';
  const decideAmong = async (first: Page, second: Page) => {
    const path = `${CLASS}marking/${CRITERION}/${teams.at(-1)}/`;
    const untilNext = (page: Page) => page.waitForURL((url) => !url.pathname.includes(teams.at(-1)!));
    for (const page of [first, second]) await open(page, path);
    await first.getByLabel('Points of 5').fill('5');
    await first.getByLabel('Why').fill('excellent');
    await Promise.all([untilNext(first), first.getByRole('button', { name: 'Give, and next' }).click()]);
    await second.getByLabel('Points of 5').fill('2');
    await second.getByLabel('Why').fill('too short');
    const answer = second.waitForResponse((response) => response.request().method() === 'POST');
    await second.getByRole('button', { name: 'Give, and next' }).click();
    expect((await answer).status()).toBe(409);
    await second.getByText('excellent').waitFor();
    expect(await second.getByLabel('Reason').inputValue()).toBe('too short');
    await Promise.all([untilNext(second), second.getByRole('button', { name: 'Give mine' }).click()]);
    await open(second, path);
    expect(await second.locator('#mark').textContent()).toContain('by Edsger');
  };

  test('two who grade one student at once: the second sees both, and loses nothing of what was typed', () =>
    asSomebody('Grace', {}, (first) => asSomebody('Edsger', {}, (second) => decideAmong(first, second), [CONFLICT])));
  test('the table of students shows who fits while one types, and a click on a line comments it', () =>
    asSomebody('Grace', {}, async (page) => {
      await open(page, CLASS);
      await page.getByLabel('Search').fill('emmy');
      await page.getByText(/^1 of \d+ students$/u).waitFor();
      await page.waitForURL(/words=emmy/u);
      await page.locator('#rows tbody th a').click();
      await page.getByRole('link', { name: FILE }).click();
      await page.locator('#L2').click();
      expect(await page.getByLabel('Line').inputValue()).toBe('2');
      await page.keyboard.type('What is this line for?');
      await page.getByRole('button', { name: 'Comment' }).click();
      await page.locator('#L2 .note').getByText('What is this line for?').waitFor();
    }));

  test('a page says what is new while a class is graded', () =>
    asSomebody('Grace', {}, async (page) => {
      await open(page, CLASS);
      await recordWork(example.book, example.assignment, {
        ...{ student: { name: 'Late Comer', ids: { sid: 's9' } }, attempts: [{ [FILE]: 'x' }], loses: [] },
      });
      await page.getByRole('link', { name: 'Show what is new' }).click();
      await page.getByRole('link', { name: 'Late Comer' }).waitFor();
    }));
}

/** Forms of a page that no key reaches: none of their parts, nor what unfolds them, has one or begins with the focus. */
const UNREACHED = `[...document.querySelectorAll('form')]
  .filter((form) => ![form, form.closest('details')].some((each) => each?.querySelector('[aria-keyshortcuts], [autofocus]')))
  .map((form) => form.outerHTML)`;
/** Keys that more than one part of a page has. */
const AMBIGUOUS = `[...document.querySelectorAll('[aria-keyshortcuts]')]
  .map((each) => each.getAttribute('aria-keyshortcuts'))
  .filter((key, at, keys) => keys.indexOf(key) !== at)`;

/** Students whose names, code, points and requests would break out of a careless page. */
async function recordHostile({ book, assignment }: Example): Promise<string[]> {
  const long = 'many words '.repeat(90_000);
  const teams: string[] = [];
  for (const [at, text] of [...HOSTILE, long].entries()) {
    const team = await recordWork(book, assignment, {
      student: { name: text.replaceAll('\0', '') || 'x', ids: { sid: `h${at}` } },
      attempts: [
        { [FILE]: `${HOSTILE.join('\n')}\n${at === 1 ? long : text}`, 'motivation.md': at === 1 ? long : text },
      ],
      loses: ['im2mat.padding'],
      reason: `${text.slice(0, 500)} (${FILE}:${at + 1})`,
    });
    const entry = { ...NOTHING_GIVEN, kind: 'comment', note: text.slice(0, 10_000), by: text.slice(0, 200) } as const;
    await book.write((db) => addEntry(db, assignment.id, team, { ...entry, file: FILE, line: 1 }));
    teams.push(team);
  }
  return teams;
}
