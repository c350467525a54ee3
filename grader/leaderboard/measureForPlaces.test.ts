import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { asRanked } from '../model/assignment.ts';
import { measureForPlaces } from './measureForPlaces.ts';
import { rankedTeams } from './RankedTeam.ts';
import { type Found, handIn, rankedHomework, ROOT, student, TableEngine } from './test/rankedClass.ts';

const assignment = rankedHomework({ bonus: [0.5, 0.25], settings: { all: 1 } });
const ranked = asRanked(assignment)!;
const exact = (value: number) => ({ value, within: 0 });
const folder = mkdtempSync(join(tmpdir(), 'im2grade-places-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const onBook = async (work: (book: CourseGradebook) => Promise<void>): Promise<void> => {
  const book = await CourseGradebook.open(join(folder, String(made++), 'gradebook.db'), folder);
  try {
    await work(book);
  } finally {
    await book.close();
  }
};

async function measured(book: CourseGradebook, truth: (digest: string) => Found) {
  const engine = new TableEngine(ranked, truth);
  const ignore = () => undefined;
  const standings = await measureForPlaces({
    ...{ root: ROOT, book, assignment, gemm: 'typescript', isolation: 'strict', engine },
    ...{ signal: new AbortController().signal, began: ignore, note: ignore },
  });
  await engine.close();
  const teams = rankedTeams(assignment.leaderboard, standings);
  return {
    asked: engine.asked,
    places: teams.map(({ team, place, open }) => [team.students[0].name, open === '' ? place : 'open']),
  };
}

test('those who may have a place are measured on everything, once, and no others are', () =>
  onBook(async (book) => {
    const few = { value: 0.83, within: 0.01 };
    await handIn(book, assignment, [student('Ada')], { value: 0.82, within: 0.01 });
    await handIn(book, assignment, [student('Bob')], few);
    await handIn(book, assignment, [student('Eve')], few);
    await handIn(book, assignment, [student('Kim')], { value: 0.5, within: 0.03 });
    await handIn(book, assignment, [student('Max')], 'failed');
    const truth = new Map([
      ['work of Ada', 0.84],
      ['work of Bob', 0.825],
      ['work of Eve', 0.83],
    ]);
    const first = await measured(book, (digest) => exact(truth.get(digest)!));
    expect(first.asked.toSorted()).toEqual(['work of Ada', 'work of Bob', 'work of Eve']);
    expect(first.places).toEqual([
      ['Ada', 1],
      ['Eve', 2],
      ['Bob', 3],
      ['Kim', undefined],
    ]);
    const second = await measured(book, () => exact(0));
    expect(second).toEqual({ asked: [], places: first.places });
  }));

test.each<[Found]>([['grader-error'], ['inconclusive'], ['blocked']])(
  'what cannot be measured (%s) stays open, and is measured when the command is run again',
  (fault) =>
    onBook(async (book) => {
      await handIn(book, assignment, [student('Ada')], exact(0.8));
      await handIn(book, assignment, [student('Bob')], 'grader-error');
      const failed = await measured(book, () => fault);
      expect(failed).toEqual({
        asked: ['work of Bob'],
        places: [
          ['Ada', 1],
          ['Bob', 'open'],
        ],
      });
      const mended = await measured(book, () => exact(0.9));
      expect(mended.places).toEqual([
        ['Bob', 1],
        ['Ada', 2],
      ]);
    }),
);

test(
  'the places that are worth something are those of the true values, and few are measured',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 600, max: 900 }), fc.integer({ min: -19, max: 19 })), {
          ...{ minLength: 1, maxLength: 8 },
        }),
        (values) =>
          onBook(async (book) => {
            // An estimate is off by at most twice its interval.
            const truth = values.map(([value]) => value / 1000);
            for (const [at, [, off]] of values.entries())
              await handIn(book, assignment, [student(`S${at}`)], { value: truth[at] + off / 1000, within: 0.01 });
            const { places } = await measured(book, (digest) => exact(truth[Number(digest.slice('work of S'.length))]));
            const wanted = truth.map((value) => 1 + truth.filter((other) => other > value).length);
            const best = places.filter(([, place]) => Number(place) <= 2).map(([name, place]) => `${name} ${place}`);
            expect(best.sort()).toEqual(wanted.flatMap((place, at) => (place <= 2 ? `S${at} ${place}` : [])).sort());
          }),
      ),
      { numRuns: 12 },
    ),
  120_000,
);
