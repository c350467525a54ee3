import { Leaderboard, type NamedRow } from '../../model/leaderboard.ts';

const WORDS = ['amber falcon', 'quiet otter', 'brisk heron', 'violet lynx', 'sunny newt', 'calm bison', 'olive wren'];

/** A class of which two share the second place, one is not placed, and one is open. */
export function exampleNamedRows(): NamedRow[] {
  const row = (
    at: number,
    place: number | undefined,
    value: number,
    within: number,
    [bonus, due]: [number, number],
  ) => ({
    ...(place !== undefined && { place }),
    ...{ pseudonym: `${WORDS[at]} k${at}x2`, value: { value, within }, bonus, due, open: '' },
    students: [{ name: `Student ${at}`, email: `s${at}@example.org`, ids: { sid: `00170${at}` } }],
  });
  return [
    row(0, 1, 0.8614, 0, [0.3, 0.3]),
    row(1, 2, 0.8421, 0, [0.2, 0.2]),
    row(2, 2, 0.8421, 0, [0.2, 0.2]),
    row(3, 4, 0.8307, 0, [0, 0]),
    row(4, undefined, 0.803, 0.0247, [0, 0]),
    row(5, undefined, 0.781, 0.0256, [0, 0]),
    { ...row(6, undefined, 0, 0, [0, 0]), value: undefined, open: 'it is not graded yet' },
  ];
}

/** The same for everybody. */
export const exampleLeaderboard = (named: readonly NamedRow[] = exampleNamedRows()): Leaderboard =>
  Leaderboard.parse({
    schema: 'im2grade/leaderboard',
    version: 1,
    assignment: { id: 'nets', title: 'Deep networks', version: 1 },
    rules: {
      ...{ value: 'test accuracy of the better model', better: 'higher', bonus: [0.3, 0.2, 0.1], ties: 'share' },
      shown: { as: 'percent', decimals: 2 },
    },
    rows: named.flatMap(({ place, pseudonym, value, bonus }) =>
      value ? [{ ...(place !== undefined && { place }), pseudonym, ...value, bonus }] : [],
    ),
    open: named.filter(({ open }) => open !== '').length,
  });

/** The same class with texts that try to be more than texts. */
export const hostileNamedRows = (): NamedRow[] =>
  exampleNamedRows().map((row, at) => ({
    ...row,
    students: [
      { name: '=HYPERLINK("http://x")<script>alert(1)</script>\u202e\x1b[31m', email: '@x', ids: { login: `+${at}` } },
      { name: `"${'ß'.repeat(300)}\r\n`, ids: {} },
    ],
  }));
