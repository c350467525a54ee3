import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

/** All mutants of an assignment are examined. */
const MOST_PROVED_MS = 900_000;

/** What a guide shows in its fences, with the paragraph before each. */
const fencesIn = (guide: string) =>
  [...readFileSync(join(ROOT, 'docs', guide), 'utf8').matchAll(/```(?<kind>\w+)\n(?<text>.*?)```/gsu)].map((match) => ({
    kind: match.groups!['kind'],
    text: match.groups!['text'],
    before: match.input.slice(0, match.index).trimEnd().split('\n\n').at(-1)!,
  }));

type Fence = ReturnType<typeof fencesIn>[number];

/** The output that a guide shows after a command. */
const shownAfter = (fences: readonly Fence[], command: string): string =>
  fences.find(({ kind, before }) => kind === 'text' && before.includes(command))!.text;

/** In a course the command is started in another way than in the repository; how many files there are may change. */
const comparable = (text: string): string =>
  text
    .replaceAll(/\s+/gu, ' ')
    .replace(/(replay ).*? \.\.\/sub/u, '$1../sub')
    .replaceAll(/Wrote \d+/gu, 'Wrote some')
    .trim();

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

test('what is written by hand in a guide grades, and its outputs are the real ones', () =>
  inFolder({}, async (folder) => {
    const fences = fencesIn('add-an-assignment.md');
    const course = join(folder, 'course');
    for (const { kind, text, before } of fences) {
      const [, path] = /`((?:skeleton|reference|tests)\/relu\/[\w./-]+)`/u.exec(before) ?? [];
      if (kind !== 'text') write(join(course, path), text);
    }
    cpSync(join(ROOT, 'skeleton/simple-conv-net/jest.config.mjs'), join(course, 'skeleton/relu/jest.config.mjs'));
    const solution = readFileSync(join(course, 'reference/relu/src/relu.ts'), 'utf8');
    const wrong = solution.replace('x[i] > 0 ? dY[i] : slope', 'x[i] >= 0 ? dY[i] : slope');
    write(join(folder, 'sub/src/relu.ts'), wrong);

    const grade = async (...args: string[]) => comparable((await runGrade(args, course)).stdout);
    expect(await grade('assignments', '--course', '.')).toBe(comparable(shownAfter(fences, 'npx grade assignments')));
    const shown = shownAfter(fences, 'npx grade ../sub');
    const [, seed] = /· seed (\d+)/u.exec(shown)!;
    expect(await grade('../sub', '--seed', seed, '--course', '.')).toBe(comparable(shown));
    const released = await grade('release', 'relu', '--out', '../relu.zip', '--course', '.');
    expect(released).toBe(comparable(shownAfter(fences, 'npx grade release relu')));
  }));

test(
  'what a guide makes from a solution is made, and its outputs are the real ones',
  () =>
    inFolder({}, async (folder) => {
      const fences = fencesIn('write-an-assignment.md');
      const [solution, other, suite] = fences.filter(({ kind }) => kind === 'ts').map(({ text }) => text);
      const course = join(folder, 'course');
      write(join(course, 'softmax.ts'), solution);
      write(join(course, 'other/softmax.ts'), other);
      write(join(folder, 'sub/src/softmax.ts'), solution.replace('  dW.fill(0);\n', ''));

      const grade = (...args: string[]) => runGrade([...args, '--course', '.'], course);
      const id = 'softmax-classifier';
      const about = ['--title', 'A linear classifier with softmax', '--points', '5'];
      const made = await grade('new', id, '--from', 'softmax.ts', '--accepted', 'other/softmax.ts', ...about);
      const all = ({ stdout, stderr }: Run) => comparable((stderr + stdout).replaceAll(' --course .', ''));
      expect(all(made)).toBe(comparable(shownAfter(fences, `npx grade new ${id} --from`)));
      expect(all(await grade('rubric', id))).toBe(comparable(shownAfter(fences, `npx grade rubric ${id}`)));
      expect(all(await grade('new', id, '--sync'))).toBe(comparable(shownAfter(fences, `npx grade new ${id} --sync`)));

      write(join(course, 'tests', id, '1-definitions.suite.ts'), suite);
      const { stdout } = await grade('../sub', '--assignment', id, '--seed', '1');
      expect(comparable(stdout)).toBe(comparable(shownAfter(fences, 'npx grade ../sub')));

      const [equivalents] = fences.filter(({ kind }) => kind === 'yaml').map(({ text }) => text);
      write(join(course, 'tests', id, 'mutants/generated/equivalents.yaml'), equivalents);
      const gate = ['prove', id, '--mutate', '--all', '--at-least', '95'];
      const proved = await grade(...gate);
      expect(proved.code).toBe(0);
      expect(comparable(proved.stdout)).toBe(comparable(shownAfter(fences, `npx grade ${gate.join(' ')}`)));
    }),
  MOST_PROVED_MS,
);
