import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Similarity } from '../../../grader/model/similarity.ts';
import { HOSTILE } from '../../../grader/report/test/hostileReport.ts';
import { disguise } from '../similar/disguise.ts';
import { moveMethods } from '../similar/moveMethods.ts';
import { independentSolutions, referenceOf } from '../similar/solutions.ts';
import { zipOf } from '../support/archives.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const FILE = 'src/Im2MatLayer.ts';
const original = referenceOf('conv2d-gemm', 'Im2MatLayer.ts');
const copy = disguise(original, 3);
const independent = Object.fromEntries(
  independentSolutions('conv2d-gemm', 'Im2MatLayer.ts')
    .slice(1)
    .map(({ name, text }) => [`class/${name}/${FILE}`, text]),
);
/** What the intake does not refuse. */
const READABLE = HOSTILE.filter((text) => !/[\0\u202e]/u.test(text)).join('\n');
const COMMAND = ['similar', 'class', '--assignment', 'conv2d-gemm'];

const jsonOf = (stdout: string): Similarity => Similarity.parse(JSON.parse(stdout));
const namesIn = ({ pairs, works }: Similarity) =>
  pairs.filter(({ standsOut }) => standsOut).map(({ first, second }) => [works[first].name, works[second].name]);

const placeOf = ({ path, line, text }: Similarity['pairs'][number]['parts'][number]['fragments'][number]['first']) => ({
  ...{ path, begin: line, end: line + text.split('\n').length },
});
const overlap = (a: ReturnType<typeof placeOf>, b: ReturnType<typeof placeOf>): boolean =>
  a.path === b.path && a.begin < b.end && b.begin < a.end;

test.concurrent('a disguise is shown beside its original, and nobody is accused', () =>
  inFolder({ ...independent, [`class/ada/${FILE}`]: original, [`class/bob/${FILE}`]: copy }, async (folder) => {
    const { code, stdout, stderr } = await runGrade(COMMAND, folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^class: 7 submissions compared; 1 pair stands out, in 1 group\nThis accuses nobody/);
    expect(stdout).toMatch(/ \d\d\.\d %  ada and bob: src\/Im2MatLayer\.ts\n/);
    expect(stdout).toMatch(/Saved reports\/class\/similar\.html\n$/);
    expect(readdirSync(folder).sort()).toEqual(['class', 'reports']);
    const page = readFileSync(join(folder, 'reports/class/similar.html'), 'utf8');
    expect(page).toContain('This page accuses nobody.');
    expect(page).toContain('const patchRow = KnX * InC;');
  }),
);

test.concurrent('as JSON it saves nothing, and has both texts of what is common', () =>
  inFolder({ [`class/ada/${FILE}`]: original, [`class/bob/${FILE}`]: copy }, async (folder) => {
    const { code, stdout } = await runGrade([...COMMAND, '--json'], folder);
    expect({ code, there: readdirSync(folder) }).toEqual({ code: 0, there: ['class'] });
    const [{ parts }] = jsonOf(stdout).pairs;
    const [{ first, second }] = parts[0].fragments;
    expect(original).toContain(first.text);
    expect(copy).toContain(second.text);
    expect(original.split('\n')[first.line - 1]).toBe(first.text.split('\n')[0]);
  }),
);

test.concurrent('earlier classes and public solutions are compared with the class, and not with each other', () =>
  inFolder(
    {
      ...independent,
      [`class/bob/${FILE}`]: copy,
      [`earlier/eve/${FILE}`]: disguise(original, 4),
      [`earlier/joe/${FILE}`]: disguise(original, 5),
      [`public/${FILE}`]: original,
    },
    async (folder) => {
      const { code, stdout } = await runGrade(
        [...COMMAND, '--json', '--corpus', 'earlier', '--corpus', 'public'],
        folder,
      );
      expect(code).toBe(0);
      const found = jsonOf(stdout);
      expect(found.groups.map(({ name }) => name)).toEqual(['class', 'earlier', 'public']);
      expect(namesIn(found).sort()).toEqual(['eve', 'joe', 'public'].map((name) => ['bob', name]));
      expect(found.clusters.map(({ length }) => length)).toEqual([4]);
    },
  ),
);

test.concurrent('a hostile class does nothing but be listed', () =>
  inFolder(
    {
      [`class/${HOSTILE[0].replaceAll('/', '')}/${FILE}`]: `/* ${READABLE} */ ${original}`,
      [`class/${HOSTILE[4]}/${FILE}`]: `const s = ${JSON.stringify(HOSTILE[4])}; ${copy}`,
      [`class/deep/${FILE}`]: `x = ${'('.repeat(60_000)}1${')'.repeat(60_000)}`,
      [`class/wide/${FILE}`]: `f(${'a, '.repeat(80_000)}a);`,
      [`class/words/${FILE}`]: '}} This is not TypeScript',
      [`class/turned/${FILE}`]: `// ${HOSTILE[5]}`,
    },
    async (folder) => {
      const { code, stdout, stderr } = await runGrade(COMMAND, folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('deep: not compared: src/Im2MatLayer.ts: is nested too deeply');
      expect(stdout).toContain('wide: not compared: src/Im2MatLayer.ts: has more than 8000 words');
      expect(stdout).toContain('words: not compared: src/Im2MatLayer.ts: is not TypeScript');
      expect(stdout).toContain('turned: not compared: src/Im2MatLayer.ts: holds characters that reverse');
      const page = readFileSync(join(folder, 'reports/class/similar.html'), 'utf8');
      expect(page).not.toMatch(/<script|<img|onerror=|\x1b|\u202e/u);
      expect(page).toContain('1 pair stands out');
    },
  ),
);

test.concurrent('half of a deliverable that was copied is among the first pairs, also among much other code', () => {
  const [, other] = independentSolutions('conv2d-gemm', 'Im2MatLayer.ts');
  const begun = original.slice(0, original.length / 2);
  const half = `${begun.slice(0, begun.lastIndexOf('\n  }\n') + 5)}}\n`;
  // Its own name, and no import twice.
  const part = half.replaceAll('Im2MatLayer', 'Part').replace(/^import [^;]*;\n/gmu, '');
  const bob = disguise(`${part}\n${other.text}`, 6);
  return inFolder({ ...independent, [`class/ada/${FILE}`]: original, [`class/bob/${FILE}`]: bob }, async (folder) => {
    const { code, stdout } = await runGrade([...COMMAND, '--json'], folder);
    expect(code).toBe(0);
    const { pairs, works } = jsonOf(stdout);
    const names = pairs.map(({ first, second }) => [works[first].name, works[second].name].sort().join(' '));
    expect(names.slice(0, 3)).toContain('ada bob');
  });
});

test.concurrent('what was moved into another deliverable is found, and shown beside its origin', () => {
  const OTHER = 'src/Conv2DLayer.ts';
  const [, into] = independentSolutions('conv2d-gemm', 'Conv2DLayer.ts');
  const [left, moved] = moveMethods(original, into.text, ['Im2Mat', 'Mat2Im']);
  const files = { [FILE]: original, [OTHER]: referenceOf('conv2d-gemm', 'Conv2DLayer.ts') };
  return inFolder(
    {
      ...independent,
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`class/ada/${path}`, text])),
      [`class/bob/${FILE}`]: disguise(left, 8),
      [`class/bob/${OTHER}`]: disguise(moved, 8),
    },
    async (folder) => {
      const { code, stdout } = await runGrade([...COMMAND, '--json'], folder);
      expect(code).toBe(0);
      const found = jsonOf(stdout);
      expect(namesIn(found)).toEqual([['ada', 'bob']]);
      const [{ parts }] = found.pairs;
      expect(parts[0].path).toBe(FILE);
      const [{ first, second }] = parts[0].fragments;
      expect([first.path, second.path]).toEqual([FILE, OTHER]);
      expect(original).toContain(first.text);
      // No part is shown twice: all of one pair of files are apart in one of them.
      const places = parts.flatMap(({ fragments }) =>
        fragments.map((each) => [placeOf(each.first), placeOf(each.second)] as const),
      );
      for (const [at, [one, other]] of places.entries())
        for (const [nextOne, nextOther] of places.slice(at + 1))
          expect(overlap(one, nextOne) && overlap(other, nextOther)).toBe(false);
    },
  );
});

test.concurrent('hostile archives of a corpus are refused in one line each, and what is right is compared', () =>
  inFolder({ [`class/ada/${FILE}`]: original, [`class/bob/${FILE}`]: copy }, async (folder) => {
    const bomb = zipOf([{ name: FILE, bytes: Buffer.alloc(64 * 2 ** 20) }]);
    const names = zipOf([{ name: FILE, bytes: Buffer.from(`class ${'A'.repeat(500_000)} {}; ${original}`) }]);
    mkdirSync(join(folder, 'old'));
    writeFileSync(join(folder, 'old/bomb.zip'), bomb);
    writeFileSync(join(folder, 'old/names.zip'), names);
    const { code, stdout, stderr } = await runGrade([...COMMAND, '--json', '--corpus', 'old'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const found = jsonOf(stdout);
    expect(namesIn(found)).toContainEqual(['ada', 'bob']);
    expect(found.unread.map(({ name }) => name)).toContain('bomb');
  }),
);

test.concurrent('a page that a student reads has no similarity', () =>
  inFolder({ [`class/ada/${FILE}`]: original, [`class/bob/${FILE}`]: copy }, async (folder) => {
    await runGrade(COMMAND, folder);
    const graded = await runGrade(
      ['class', 'class', '--assignment', 'conv2d-gemm', '--only', 'im2mat.identity'],
      folder,
    );
    expect(graded.code).toBe(0);
    for (const file of readdirSync(join(folder, 'reports'), { recursive: true, encoding: 'utf8' }))
      if (/(?:report|student)\.(?:html|json)$/u.test(file))
        expect([file, /similar/iu.test(readFileSync(join(folder, 'reports', file), 'utf8'))]).toEqual([file, false]);
  }),
);

test.concurrent.each([
  [
    'a single submission',
    ['similar', 'class/ada'],
    /^grade: class\/ada: is a single submission, .*; name the folder that contains all of them, or grade it alone: grade class\/ada\n$/,
  ],
  ['no such class', ['similar', 'nowhere'], /^grade: nowhere: no such folder or zip archive\n$/],
  ['no such corpus', [...COMMAND, '--corpus', 'nowhere'], /^grade: nowhere: no such folder or zip archive\n$/],
  ['a corpus without a name', [...COMMAND, '--corpus', ''], /^grade: --corpus: its value is missing\n$/],
])('%s is refused in one line', (_, args, message) =>
  inFolder({ [`class/ada/${FILE}`]: original, [`class/bob/${FILE}`]: copy }, async (folder) => {
    const { code, stdout, stderr } = await runGrade(args, folder);
    expect({ code, stdout, there: readdirSync(folder) }).toEqual({ code: 2, stdout: '', there: ['class'] });
    expect(stderr).toMatch(message);
  }),
);
