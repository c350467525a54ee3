import type { ClassMistake, ClassReport, ClassRow } from '../../model/classReport.ts';
import type { Status } from '../../model/outcome.ts';
import { HOSTILE } from './hostileReport.ts';

type Criterion = ClassReport['criteria'][number];

const PARTS = {
  im2mat: ['definition', 'padding', 'stride', 'non-square', 'batch', 'identity', 'overwrite', 'input-untouched'],
  mat2im: ['definition', 'padding', 'stride', 'adjoint', 'coverage', 'batch', 'overwrite', 'input-untouched'],
  conv2d: ['forward', 'bias', 'linearity', 'weights-gradient', 'bias-gradient', 'input-gradient'],
};

const CRITERIA: readonly Criterion[] = [
  ...Object.entries(PARTS).flatMap(([part, words]) =>
    words.map((word) => criterion(`${part}.${word}`, 'correctness', 3)),
  ),
  ...['im2mat', 'mat2im', 'forward', 'backward'].map((word) => criterion(`speed.${word}`, 'speed', 5)),
  criterion('accuracy.curve', 'accuracy', 9),
  criterion('accuracy.motivation', 'manual', 5),
];

function criterion(id: string, kind: Criterion['kind'], points: number): Criterion {
  return { id, kind, points, title: `The part ${id.replace('.', ', asked about its ')}`, bonus: false };
}

const MISTAKES = [
  { loses: ['im2mat.padding'], known: ['Im2Mat leaves the padding as it was.', 'Im2Mat pads with ones.'] },
  { loses: ['mat2im.stride', 'mat2im.adjoint'], known: ['Mat2Im moves the patch by one pixel, whatever the stride.'] },
  {
    loses: PARTS.mat2im.slice(0, 5).map((word) => `mat2im.${word}`),
    known: ['Mat2Im walks through the kernel backwards.', 'Mat2Im swaps x and y.', 'All go to the first.', 'None.'],
  },
  { loses: ['conv2d.bias'], known: ['forward forgets the bias.'] },
  { loses: ['im2mat.batch', 'conv2d.forward'], known: [] },
] as const;

const CAUSES = ['Py and Px are swapped', 'The bias is added once for each channel'];

/** A class of any size: most have made one of some mistakes, some cannot be graded, and a few have malicious names. */
export function exampleClass(size: number): ClassReport {
  const next = numbers();
  const rows = Array.from({ length: size }, (_, place) => studentRow(place, next));
  return {
    schema: 'im2grade/class-report',
    version: 2,
    assignment: { id: 'conv2d-gemm', title: 'Convolution as matrix multiplication', version: 1 },
    grader: '0.1.0',
    seed: 20181121,
    only: [],
    criteria: [...CRITERIA],
    rows,
    mistakes: MISTAKES.map((mistake) => mistakeOf(mistake, rows))
      .filter((mistake) => mistake.rows.length > 0)
      .sort((a, b) => b.rows.length - a.rows.length),
  };
}

function mistakeOf({ loses, known }: (typeof MISTAKES)[number], rows: readonly ClassRow[]): ClassMistake {
  const label = loses.join();
  const lostBy = ({ criteria }: ClassRow) => Object.keys(criteria).filter((id) => criteria[id].status === 'failed');
  const places = [...rows.keys()].filter((place) => lostBy(rows[place]).join() === label);
  const causes = CAUSES.map((cause, at) => ({ cause, rows: places.filter((place) => place % 3 === at).length }));
  return {
    loses: [...loses],
    causes:
      known.length > 0 && loses.length < 3 ? causes.filter(({ rows }) => rows > 0).sort((a, b) => b.rows - a.rows) : [],
    known: [...known],
    rows: places,
  };
}

export const GIVEN = ['Ada', 'Alan', 'Grace', 'Emmy', 'Kurt', 'Sofja', 'Jürgen', 'Zoë', '美咲', 'Оксана'];
export const FAMILY = ['Lovelace', 'Turing', 'Hopper', 'Noether', 'Gödel', 'Kowalewskaja', 'Groß', 'O’Neill', '佐藤'];

function studentRow(place: number, next: () => number): ClassRow {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)];
  const name = place % 40 === 7 ? HOSTILE[((place / 40) % HOSTILE.length) | 0] : `${pick(GIVEN)} ${pick(FAMILY)}`;
  const whose = {
    id: `s${1000 + place}`,
    name,
    students: [{ name, ids: { sid: `s${1000 + place}` } }],
    isLate: next() < 0.06,
    source: `s${place}.zip`,
  };
  if (place % 50 === 23)
    return { ...whose, status: 'ungradable', message: `src/Im2MatLayer.ts:1:6: ${pick(HOSTILE)}`, criteria: {} };
  if (place % 200 === 99) return { ...whose, status: 'grader-error', message: 'no answer within 60 s', criteria: {} };
  const isWritten = next() > 0.04;
  const mistake = next() < 0.6 ? pick(MISTAKES) : undefined;
  const criteria = Object.fromEntries(
    CRITERIA.map((each) => [each.id, cellOf(each, isWritten, mistake?.loses ?? [], next)]),
  );
  return { ...whose, status: 'graded', message: '', folder: `${place}-ä & b`, totals: totalsOf(criteria), criteria };
}

function cellOf(
  { id, kind, points }: Criterion,
  isWritten: boolean,
  loses: readonly string[],
  next: () => number,
): ClassRow['criteria'][string] {
  const cell = (status: Status, share: number) => ({ status, earned: Math.round(share * points * 100) / 100 });
  if (kind === 'manual') return cell('manual', 0);
  if (!isWritten) return cell('not-attempted', 0);
  if (loses.includes(id)) return cell('failed', 0);
  if (kind !== 'speed') return cell('passed', 1);
  const ratio = 0.9 + 4 * next() ** 2;
  if (next() < 0.02) return { ...cell('inconclusive', 0), ratio };
  return { ...(ratio < 1.1 ? cell('passed', 1) : cell('partial', 1 / ratio)), ratio };
}

const PENDING: readonly Status[] = ['manual', 'inconclusive'];

function totalsOf(criteria: ClassRow['criteria']): ClassRow['totals'] {
  const sum = (some: readonly Criterion[], of: (criterion: Criterion) => number) =>
    some.reduce((total, each) => total + of(each), 0);
  const pending = CRITERIA.filter(({ id }) => PENDING.includes(criteria[id].status));
  const counted = CRITERIA.filter((each) => !pending.includes(each));
  return {
    earned: Math.round(100 * sum(counted, ({ id }) => criteria[id].earned)) / 100,
    possible: sum(counted, ({ points }) => points),
    bonus: 0,
    all: sum(CRITERIA, ({ points }) => points),
    pending: pending.map(({ id, points }) => ({ id, points, status: criteria[id].status })),
    provisional: pending.length > 0,
  };
}

/** The same numbers in [0, 1) each time. */
function numbers(): () => number {
  let state = 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
