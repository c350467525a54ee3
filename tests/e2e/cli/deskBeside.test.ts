import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hiddenFields } from '../../../grader/desk/test/browse.ts';
import { gradedBefore } from '../support/gradedBefore.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { type DeskAtWork, openDeskIn } from '../support/openDeskIn.ts';

const CLASS = '/a/conv2d-gemm/';
const CRITERION = 'question3.motivation';
const GRADE = ['class', 'hw', '--assignment', 'conv2d-gemm', '--only', 'im2mat.identity', CRITERION];

/** Puts the work of these students into the class. */
function handIn(folder: string, names: readonly string[]): void {
  for (const name of names) {
    cpSync(join(ROOT, 'reference/conv2d-gemm'), join(folder, 'hw', name), { recursive: true });
    appendFileSync(join(folder, 'hw', name, 'motivation.md'), `\nby ${name}\n`);
  }
}

async function done(args: readonly string[], folder: string): Promise<string> {
  const { code, stdout, stderr } = await runGrade(args, folder);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** The totals of everybody by name. */
async function totals(folder: string): Promise<Record<string, number>> {
  const { students } = JSON.parse(await done(['gradebook', '--json'], folder)) as {
    students: { name: string; total: number }[];
  };
  return Object.fromEntries(students.map(({ name, total }) => [name, total]));
}

/** Gives somebody points on the page of the criterion. */
async function give({ read, send }: DeskAtWork, name: string, points: number): Promise<number> {
  const list = await read(`${CLASS}marking/${CRITERION}/`);
  const page = new RegExp(`href="([^"]+)"[^>]*><bdi>${name}</bdi>`, 'u').exec(list)![1];
  return send(page, { ...hiddenFields(await read(page)), points: String(points), note: `${name}: ${points}` });
}

test(
  'while a class is graded the desk follows, points are given, and nothing of either is lost',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, ['ada']);
      await done(GRADE, folder);
      const desk = await openDeskIn(folder);
      try {
        const followed = desk.follow(`${CLASS}live`, ({ graded }) => graded === 4);
        handIn(folder, ['bob', 'eve', 'joe']);
        let isGraded = false;
        const graded = done(GRADE, folder).finally(() => (isGraded = true));
        let given = 0;
        while (!isGraded) {
          given = (given % 5) + 1;
          expect(await give(desk, 'ada', given)).toBe(303);
        }
        await graded;
        await followed;
        for (const name of ['bob', 'eve', 'joe']) expect(await give(desk, name, 3)).toBe(303);
        expect(await totals(folder)).toEqual({ ada: 1 + given, bob: 4, eve: 4, joe: 4 });
        expect(await done(['history', 'ada'], folder)).toContain(`ada: ${given}`);
      } finally {
        await desk.close();
      }
    }),
  600_000,
);

test(
  'a regrading that a command applies is on the open desk at once, beside the points that it gave',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, ['ada', 'bob']);
      await done(GRADE, folder);
      gradedBefore(folder, 0);
      const desk = await openDeskIn(folder);
      try {
        expect(await give(desk, 'ada', 4)).toBe(303);
        const applied = done(['regrade', 'conv2d-gemm', '--apply'], folder);
        expect(await give(desk, 'bob', 2)).toBe(303);
        await applied;
        expect(await desk.read(`${CLASS}?words=ada`)).toContain('<b>5</b> / ');
        expect(await totals(folder)).toEqual({ ada: 5, bob: 3 });
      } finally {
        await desk.close();
      }
    }),
  600_000,
);
