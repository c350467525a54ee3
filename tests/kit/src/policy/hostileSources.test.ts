import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeForm } from './judgeForm.ts';
import { scalarForm, vectorForm, withoutLoops } from './rules.ts';

const RULES = { scalar: scalarForm({}), vector: vectorForm(), none: withoutLoops() };
const F = { file: 'src/f.ts', name: 'f', rule: RULES.vector };
const LOOP = 'export function f(a: Tensor) { for (let i = 0; i < 3; i++) a.data[i] = 0; ';

/** The result of judging such sources, which must arrive within the time limit. */
const judged = (texts: Record<string, string>, asked = [F]) => judgeForm(texts, asked);

describe('names that lead back to themselves', () => {
  test.each<[string, Record<string, string>]>([
    [
      'two imports of each other',
      {
        'src/f.ts': `import type { z } from './g.ts'; ${LOOP} void typeof z; return a; }`,
        'src/g.ts': `import type { z } from './f.ts';`,
      },
    ],
    [
      'two files that export each other’s names',
      {
        'src/f.ts': `export { z } from './g.ts'; ${LOOP} z(); return a; }`,
        'src/g.ts': `export { z } from './f.ts';`,
      },
    ],
    ['an import of itself', { 'src/f.ts': `import { z } from './f.ts'; ${LOOP} z(); return a; }` }],
    [
      'names that are swapped at every step',
      {
        'src/f.ts': `import { x as y, y as x } from './g.ts'; ${LOOP} x(y); return a; }`,
        'src/g.ts': `import { x as y, y as x } from './f.ts';`,
      },
    ],
    ['a constant that is itself', { 'src/f.ts': `const z = y, y = z; ${LOOP} z(); return a; }` }],
  ])('%s terminate', (_, texts) => expect(judged(texts).reason).toContain('f touches single elements in a loop'));

  test('a function after a chain of names is found', () => {
    const texts = {
      'src/f.ts': "export { g as f } from './g.ts';",
      'src/g.ts': "export { h as g } from './h.ts';",
      'src/h.ts': LOOP.replace('f(', 'h(') + 'return a; }',
    };
    expect(judged(texts).reason).toContain('src/h.ts:1: f, by way of h, touches single elements');
  });

  test('any graph of imports and exports terminates', () => {
    const files = ['f', 'g', 'h'];
    const name = fc.constantFrom('f', 'x', 'y');
    const link = fc.record({
      keyword: fc.constantFrom('import', 'import type', 'export'),
      from: fc.constantFrom(...files),
      imported: name,
      local: name,
    });
    const file = fc.record({ links: fc.array(link, { maxLength: 4 }), own: fc.option(name), uses: name });
    fc.assert(
      fc.property(fc.tuple(file, file, file), (all) => {
        const texts = Object.fromEntries(
          all.map(({ links, own, uses }, i) => [
            `src/${files[i]}.ts`,
            [
              ...links.map(
                ({ keyword, from, imported, local }) => `${keyword} { ${imported} as ${local} } from './${from}.ts';`,
              ),
              own ? `export const ${own} = (a) => { for (const b of a.data) ${uses}(b); };` : '',
            ].join('\n'),
          ]),
        );
        for (const rule of Object.values(RULES))
          expect(['passed', 'failed']).toContain(judged(texts, [{ ...F, rule }]).status);
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

describe('a source that is nested too deeply is lost, with a message', () => {
  test.each<[string, string, string, string]>([
    ['calls', 'x', '()', ''],
    ['members', 'x', '.y', ''],
    ['indices', 'x', '[0]', ''],
    ['brackets', '', '(', 'x'],
    ['arrays', '', '[', 'x'],
    ['objects', '', '({ a: ', 'x'],
    ['functions', '', '() => ', 'x'],
    ['conditions', '', 'x ? x : ', 'x'],
    ['negations', '', '!', 'x'],
    ['sums', 'x', ' + x', ''],
    ['templates', '', '`${', 'x'],
    ['casts', 'x', ' as any', ''],
  ])('%s', (_, begin, again, end) => {
    const closers: Record<string, string> = { '(': ')', '[': ']', '({ a: ': '})', '`${': '}`' };
    for (const times of [1000, 8000, 60_000]) {
      const nested = begin + again.repeat(times) + end + (closers[again] ?? '').repeat(times);
      const { reason } = judged({ 'src/f.ts': `${LOOP} function dead(x: any) { return ${nested}; } return a; }` });
      expect(reason).toMatch(/touches single elements|^src\/f\.ts: (the form of f|its form) cannot be read: /);
    }
  });

  test('such a function costs only its own share', () => {
    const deep = `export function f(x: any) { return x${'()'.repeat(50_000)}; }`;
    const texts = { 'src/f.ts': deep, 'src/g.ts': 'export const g = (a) => a;' };
    expect(judged(texts, [F, { ...F, file: 'src/g.ts', name: 'g' }])).toMatchObject({
      credit: 0.5,
      reason: 'src/f.ts: the form of f cannot be read: it is nested too deeply; put fewer brackets inside each other',
    });
  });
});

test('work that would take forever is ended', () => {
  const names = Array.from({ length: 60 }, (_, i) => `const a${i + 1} = [...a${i}, ...a${i}];`).join(' ');
  const slow = `export function f(x: Tensor) { const a0 = [1]; ${names} for (let i = 0; i < 3; i++) a60[i] = 0; return x; }`;
  const texts = { 'src/f.ts': slow, 'src/g.ts': 'export const g = (a) => a;' };
  expect(judged(texts, [{ ...F, file: 'src/g.ts', name: 'g' }, F])).toMatchObject({
    credit: 0.5,
    reason: 'src/f.ts: the form of f cannot be read: it takes too long; make it simpler',
  });
}, 30_000);
