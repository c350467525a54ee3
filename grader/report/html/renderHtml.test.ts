import { beforeAll, describe, expect, test } from '@jest/globals';
import { Outcome, ScoreReport } from '../../model/report.ts';
import { printable } from '../text/printable.ts';
import { exampleEvidence } from '../test/exampleEvidence.ts';
import { exampleReport } from '../test/exampleReport.ts';
import { hostileReport } from '../test/hostileReport.ts';
import { renderHtml } from './renderHtml.ts';

const escaped = (text: string): string =>
  printable(text).replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c,
  );

describe.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s', (_, make) => {
  const report = make();
  let page = '';
  /** Every tag of the page with its quoted values emptied: what a browser takes as markup. */
  let tags: string[] = [];
  beforeAll(async () => {
    page = await renderHtml(report);
    const body = page.replace(/<style>.*?<\/style>/s, '');
    tags = (body.match(/<[!/a-z](?:"[^"]*"|[^">])*>/gi) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
  });

  test('names every criterion', () => {
    for (const { title, id } of report.outcomes) {
      expect(page).toContain(`<bdi>${escaped(title)}</bdi>`);
      expect(page).toContain(`id="${id}"`);
    }
  });

  test('contains no script and no event handler', () => {
    expect(page).not.toMatch(/<script/i);
    expect(tags.filter((tag) => /\son\w+=|<(script|iframe|object|embed|link|base|form)\b/i.test(tag))).toEqual([]);
  });

  test('closes every element that it opens', () => {
    const open: string[] = [];
    for (const tag of tags) {
      const [, slash, name] = /^<(\/?)([\w!]+)/.exec(tag) ?? [];
      if (name.startsWith('!') || tag.endsWith('/>') || ['meta', 'img'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test('loads nothing from elsewhere', () => {
    const sources = [...page.matchAll(/\s(?:src|href|xlink:href|action|srcset)="([^"]*)"/g)].map(
      ([, source]) => source,
    );
    expect(sources.filter((source) => !/^(#|data:image\/png;base64,)/.test(source))).toEqual([]);
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    expect(style).not.toMatch(/url\(|@import|<\//);
  });

  test('contains no control character and no direction control', () => {
    expect(page).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });
});

test('the example refers to no address except the SVG name spaces', async () => {
  const page = await renderHtml(exampleReport());
  expect(page.match(/https?:\/\/[^"]*/g)?.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
});

test('draws each kind of evidence', async () => {
  const page = await renderHtml(exampleReport());
  expect(page.match(/<svg/g)).toHaveLength(4);
  expect(page).toContain('class="wrong first"');
  expect(page).toContain('src="data:image/png;base64,');
  expect(page).toContain('class="confusion"');
  expect(page).toMatch(/as <code>curves\/own.csv<\/code>\s+says: train ends at NaN; test ends at 1.55/);
  expect(page).toContain('Likely cause');
  expect(page).toContain('ran out of time');
});

test('the team sizes of one criterion are one curve next to the ideal one', async () => {
  const { scaling } = exampleEvidence();
  const report = exampleReport();
  report.outcomes.splice(2);
  report.outcomes[1].evidence = Outcome.shape.evidence.parse([scaling, { ...scaling, team: 4 }]);
  const page = await renderHtml(report);
  expect(page).toContain('aria-label="Speed-up over threads: submission, reference, ideal"');
  expect(page.match(/<svg/g)).toHaveLength(3);
});

test('a gradient that is partly wrong: the positions, the errors, and what the wrong elements have in common', async () => {
  const page = await renderHtml(exampleReport());
  expect(page).toMatch(/<b>bias<\/b>[^]*?1 of 2 elements wrong/);
  expect(page).toContain('alt="errors of bias : 1 of 3 wrong"');
  expect(page).toContain('bias: every wrong element is 8 times what it should be');
  expect(page).toMatch(/<td class="number">fc=2<\/td>/);
});

test('an image is drawn with its padding, the patch and the wrong element', async () => {
  const page = await renderHtml(exampleReport());
  // The example's first wrong element is in the corner of the first patch, outside the image.
  expect(page).toMatch(/<td class="border patch used">\s*<span class="sr">used: <\/span>0/);
  expect(page.match(/<td class="[a-z ]*patch/g)).toHaveLength(9);
});

test.each([
  ['those of each input', [[1], [0, 1]], 3],
  [
    'none if everything depends on everything',
    [
      [0, 1],
      [0, 1],
    ],
    0,
  ],
])('the elements on which a wrong one depends are framed: %s', async (_, used, frames) => {
  const axes = [{ name: 'n', size: 2 }];
  const array = (name: string) => ({ name, axes, values: [1, 2] });
  const report = exampleReport();
  report.outcomes.splice(2);
  report.outcomes[1].evidence = Outcome.shape.evidence.parse([
    {
      ...{ type: 'counterexample', law: 'z = x + w', message: 'wrong', wrongIndex: 0 },
      inputs: ['x', 'w'].map((name, at) => ({ ...array(name), used: used[at] })),
      ...{ expected: array('z'), got: array('z') },
    },
  ]);
  const page = await renderHtml(report);
  expect(page.match(/<td class="used"/g) ?? []).toHaveLength(frames);
});

test('shows the public digits that are read wrongly, and the first layer', async () => {
  const page = await renderHtml(exampleReport());
  expect(page.match(/alt="a handwritten \d"/g)).toHaveLength(40);
  expect(page).toContain('Of the 49 that it reads wrongly, the first 40');
  expect(page.match(/alt="weights of filter \d"/g)).toHaveLength(8);
  expect(page.match(/alt="answer of filter \d"/g)).toHaveLength(8);
});

test('pictures whose data is shorter than declared are drawn as far as possible', async () => {
  const report = exampleReport();
  const [seen] = report.outcomes.flatMap(({ evidence }) => evidence).filter(({ type }) => type === 'classification');
  if (seen.type !== 'classification') throw new Error('the example holds a classification');
  const odd = { height: 3, width: 2, pixels: 'AAE=' };
  seen.publicDigits = { digits: 1, correct: 0, misread: [{ image: odd, label: 3, answer: 5 }] };
  const filters = { name: 'filters', axes: [], values: ['NaN' as const] };
  seen.firstLayer = { filterCount: 1, filters, digit: odd, label: 3, activations: { ...filters, values: [] } };
  expect(await renderHtml(report)).toContain('alt="a handwritten 3"');
});

test('a typical page stays below 500 KB', async () =>
  expect(Buffer.byteLength(await renderHtml(exampleReport()))).toBeLessThanOrEqual(500_000));

test('what was lost comes first, each reason once, with links to its criteria', async () => {
  const report = exampleReport();
  const [first, second] = report.outcomes;
  report.outcomes = [first, second].map((outcome) => ({
    ...outcome,
    status: 'failed' as const,
    points: 2,
    earned: 0.5,
    reason: 'got -1\nand more',
  }));
  const lost = /<section aria-labelledby="lost">.*?<\/section>/s.exec(await renderHtml(report))![0];
  expect(lost.match(/href="#[^"]*"/g)).toEqual([`href="#${first.id}"`, `href="#${second.id}"`]);
  expect(lost).toMatch(/−3<[^]*got −1</);
  expect(lost).not.toContain('and more');
});

test('without lost points nothing is listed', async () => {
  const report = exampleReport();
  report.outcomes = report.outcomes.filter(({ status }) => status === 'passed');
  expect(await renderHtml(report)).not.toContain('id="lost"');
});

test('criteria that lost points are open, unless they were not attempted', async () => {
  const page = await renderHtml(exampleReport());
  const openings = [...page.matchAll(/<details class="criterion" (open)?>.*?id="([\w.-]+)"/gs)];
  const open = new Map(openings.map(([, open, id]) => [id, open === 'open']));
  expect(open.get('im2mat.padding')).toBe(true);
  expect(open.get('im2mat.definition')).toBe(false);
  const unwritten = exampleReport().outcomes.find(({ status }) => status === 'not-attempted')!;
  expect(open.get(unwritten.id)).toBe(false);
});

test('draws unusual tensors: empty, without axes, with wrong lengths, with values that are not numbers', async () => {
  const report = exampleReport();
  report.outcomes[1].evidence = ScoreReport.shape.outcomes.element.shape.evidence.parse([
    {
      type: 'counterexample',
      law: 'law',
      message: 'message',
      inputs: [
        {
          name: 'empty',
          axes: [
            { name: 'iy', size: 0 },
            { name: 'ix', size: 3 },
          ],
          values: [],
        },
        {
          name: 'empty too',
          axes: [
            { name: 'b', size: 2 },
            { name: 'iy', size: 3 },
            { name: 'ix', size: 0 },
          ],
          values: [],
        },
        { name: 'scalar', axes: [], values: [3] },
        {
          name: 'constant',
          axes: [
            { name: 'iy', size: 20 },
            { name: 'ix', size: 20 },
          ],
          values: Array(400).fill('NaN'),
        },
      ],
      expected: { name: 'out', axes: [{ name: 'i', size: 4 }], values: ['NaN', '-0', 'Infinity', 1e-9] },
      got: { name: 'out', axes: [{ name: 'i', size: 2 }], values: [1, '-Infinity'] },
      wrongIndex: 3,
    },
  ]);
  const page = await renderHtml(report);
  for (const text of ['NaN', '0', '∞', '−∞', '1.0e−9'])
    expect(page).toMatch(new RegExp(`[ >]${text.replace('+', '\\+')}\\s*</td>`));
});
