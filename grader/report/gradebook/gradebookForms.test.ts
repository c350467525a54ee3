import { describe, expect, test } from '@jest/globals';
import type { CourseHead, CourseRow, CourseStanding } from '../../model/course.ts';
import type { ProposalItem } from '../../model/proposal.ts';
import { courseCsv, courseText } from './courseForms.ts';
import { proposalText } from './proposalForms.ts';
import { standingText } from './standing.ts';

const standing = (more: Partial<CourseStanding>): CourseStanding => ({
  ...{ assignment: 'hw', state: 'graded', reason: '', outOf: 100, pending: 0, isLate: false, attempts: 1 },
  ...{ score: undefined, published: undefined },
  ...more,
});

describe('a standing', () => {
  test.each<[string, Partial<CourseStanding>]>([
    ['71.25, late, 12.5 pending, published 1', { score: 71.25, isLate: true, pending: 12.5, published: 1 }],
    ['1', { score: 1, published: 1 }],
    ['ungradable, published 1', { state: 'ungradable', published: 1 }],
    ['to be graded again, published 0', { state: 'pending', published: 0 }],
    ['–', { state: 'nothing handed in', attempts: 0 }],
  ])('is %s', (text, more) => expect(standingText(standing(more))).toBe(text));
});

test('no score and no name of an assignment is cut in the terminal, and the columns are below their names', () => {
  const column = { title: 'x', weight: 0, counts: 'latest', outOf: 100 } as const;
  const head: CourseHead = {
    columns: [
      { ...column, id: 'simple-conv-net' },
      { ...column, id: 'an-assignment-of-a-long-name' },
    ],
    isWeighted: false,
    hasSections: true,
  };
  const own = standing({ score: 0, pending: 5, published: 1 });
  const student = { id: 's', name: 'Ada', ids: {} };
  const row: CourseRow = { student, section: 'Lab 2', team: '', standings: [own, own], total: 0 };
  const [names, cells] = (courseText.begin(head) + courseText.rows([row], head)).split('\n');
  expect(names).toContain('simple-conv-net (100)');
  expect(names).toContain('an-assignment-of-a-long-name (100)');
  expect(cells.indexOf('Lab 2')).toBe(names.indexOf('section'));
  expect(cells.indexOf('0, 5 pending')).toBe(names.indexOf('simple-conv-net'));
  expect(cells.match(/0, 5 pending, published 1/g)).toHaveLength(2);
});

test('a table for spreadsheets has the published scores beside those that count', () => {
  const head: CourseHead = {
    columns: [{ id: 'hw', title: 'x', weight: 0, counts: 'latest', outOf: 100 }],
    ...{ isWeighted: false, hasSections: false },
  };
  const row = (name: string, more: Partial<CourseStanding>): CourseRow => ({
    ...{ student: { id: name, name, ids: {} }, section: '', team: '', standings: [standing(more)], total: 0 },
  });
  const rows = [row('José', { score: 2, published: 1 }), row('Wei', { score: 2 })];
  expect(courseCsv.begin(head) + courseCsv.rows(rows, head)).toBe(
    '\ufeffname,ids,email,hw (100),hw late,hw pending,hw state,hw published,total\n' +
      'José,,,2,,0,graded,1,0\nWei,,,2,,0,graded,,0\n',
  );
});

describe('the summary of a regrading', () => {
  const item = (before: number, after: number): ProposalItem => ({
    ...{ students: 'Ada', before, after, reason: '', because: [], criteria: [] },
    ...{ team: `${before} ${after}`, attempt: '', counting: { before, after } },
  });
  test.each<[string, ProposalItem[]]>([
    ['1 loses 1 point; 0 attempts unchanged', [item(2, 1)]],
    ['1 gains 1.5 points; 0 attempts unchanged', [item(0, 1.5)]],
    ['2 gain 0.3 points in all; 0 attempts unchanged', [item(0, 0.1), item(0, 0.2)]],
    ['1 keeps the score with other points per criterion; 0 attempts unchanged', [item(1, 1)]],
  ])('%s', (text, items) =>
    expect(
      proposalText({ assignment: { id: 'hw', title: 'hw' }, attempts: items.length, items })
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toBe(text),
  );
});
