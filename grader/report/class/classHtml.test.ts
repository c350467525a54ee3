import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ClassReport } from '../../model/classReport.ts';
import { exampleClass } from '../test/exampleClass.ts';
import { HOSTILE } from '../test/hostileReport.ts';
import { renderClass } from '../terminal/renderClass.ts';
import { classCsv } from './classCsv.ts';
import { classHtml } from './classHtml.ts';

const MiB = 1024 * 1024;

describe('500 submissions, some with hostile names', () => {
  const report = ClassReport.parse(exampleClass(500));
  let page = '';
  /** Every tag of the page with its quoted values emptied: what a browser takes as markup. */
  let tags: string[] = [];
  beforeAll(async () => {
    page = await classHtml(report);
    const body = page.replace(/<style>.*?<\/style>/s, '').replace(/<script>.*<\/script>/s, '');
    tags = (body.match(/<[!/a-z](?:"[^"]*"|[^">])*>/gi) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
  });

  test('take at most 3 MiB', () => expect(Buffer.byteLength(page)).toBeLessThan(3 * MiB));

  test('contain hostile names, but no script except the page’s own, by its digest', () => {
    expect(report.rows.filter(({ name }) => HOSTILE.some((text) => text === name)).length).toBeGreaterThan(10);
    const scripts = [...page.matchAll(/<script[^>]*>(.*?)<\/script>/gs)];
    expect(scripts).toHaveLength(1);
    const digest = createHash('sha256').update(scripts[0][1]).digest('base64');
    expect(page).toContain(`script-src 'sha256-${digest}'"`);
    expect(tags.filter((tag) => /\son\w+=|<(script|iframe|object|embed|link|base)\b/i.test(tag))).toEqual([]);
  });

  test('close every element that is opened', () => {
    const open: string[] = [];
    for (const tag of tags) {
      const [, slash, name] = /^<(\/?)([\w!]+)/.exec(tag) ?? [];
      if (name.startsWith('!') || tag.endsWith('/>') || ['meta', 'input'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test('link only to places in the page and the score reports next to it', () => {
    const links = [...page.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, link]) => link);
    expect(links.filter((link) => !/^(#students|[\w.%-]+\/report\.html)$/.test(link))).toEqual([]);
    for (const { folder } of report.rows)
      if (folder !== undefined) expect(links).toContain(`${encodeURIComponent(folder)}/report.html`);
  });
});

test('a class of which nothing could be graded still has its list', async () => {
  const report = exampleClass(24);
  const page = await classHtml({ ...report, rows: report.rows.slice(23), mistakes: [] });
  expect(page).toContain('1 submission · 0 graded · 1 not');
  expect(page).not.toMatch(/<svg|id="(rates|mistakes|speeds)"/);
});

test('a submission that was graded in part is marked, with what was left out', async () => {
  const report = exampleClass(30);
  expect(await classHtml(report)).not.toContain('graded in part</summary>');
  report.rows[2].leftOut = ['src/a.ts: missing', `src/b.ts:1:6: ${HOSTILE[0]}`];
  const page = await classHtml(report);
  expect(page).toMatch(/graded, 1 in part · /);
  expect(page).toContain('Graded in part: something could not be used.');
  expect(page).toMatch(/<summary>graded in part<\/summary>\s*<ul class="warnings">\s*<li><bdi>src\/a\.ts: missing/);
  expect(page).not.toContain(HOSTILE[0]);
  expect(classCsv(report)).toContain('src/a.ts: missing; src/b.ts:1:6: ');
  expect(renderClass('hw', report.rows, { width: 80 })).toMatch(
    /\(1 in part\).*\n(?:.*\n)* {2}.*: graded in part: src/,
  );
});

test('speed is shown if it was graded', async () => {
  const report = exampleClass(30);
  const criteria = report.criteria.filter(({ kind }) => kind !== 'speed');
  expect(await classHtml(report)).toContain('Fastest and slowest');
  expect(await classHtml({ ...report, criteria })).not.toContain('Fastest and slowest');
});

test('a bonus that was not attempted is not among the lost points', async () => {
  const report = exampleClass(1);
  const [first] = report.criteria;
  report.rows[0].criteria[first.id] = { status: 'not-attempted', earned: 0 };
  const loses = async (bonus: boolean) =>
    (await classHtml({ ...report, criteria: [{ ...first, bonus }] })).includes(`1 lost ${first.id}`);
  expect([await loses(false), await loses(true)]).toEqual([true, false]);
});
