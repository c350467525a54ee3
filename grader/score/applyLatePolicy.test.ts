import { expect, test } from '@jest/globals';
import { Deadlines } from '../model/deadlines.ts';
import { LatePolicy } from '../model/latePolicy.ts';
import { handInTimes } from './handInTimes.ts';
import { applyLatePolicy } from './applyLatePolicy.ts';

const WEEK = LatePolicy.parse([
  { within: '15 minutes', keep: '100%' },
  { within: '7 days', keep: '50%' },
]);
const DUE = '2026-11-20T09:00:00.000Z';

test.each([
  ['in time', '2026-11-20T09:00:00.000Z', undefined],
  ['within the grace', '2026-11-20T09:15:00.000Z', [900, 1, 71]],
  ['within the week', '2026-11-22T09:00:00.000Z', [172_800, 0.5, 35.5]],
  ['at the end of the week', '2026-11-27T09:00:00.000Z', [604_800, 0.5, 35.5]],
  ['after it', '2026-11-27T09:00:01.000Z', [604_801, 0, 0]],
])('%s', (_, handedInAt, expected) => {
  const late = applyLatePolicy(WEEK, { dueAt: DUE, handedInAt }, 71);
  expect(late && [late.seconds, late.keep, late.counts]).toEqual(expected);
});

test('without a policy lateness costs nothing', () =>
  expect(applyLatePolicy(undefined, { dueAt: DUE, handedInAt: '2027-01-01T00:00:00.000Z' }, 71)).toMatchObject({
    keep: 1,
    counts: 71,
  }));

const COURSE = Deadlines.parse({
  due: '2026-11-20T10:00+01:00',
  extensions: { ada: '3 days', alan: '2026-12-01 09:00 Z', early: '2026-11-01T09:00Z' },
  handedIn: { alan: '2026-11-25T09:00Z' },
});
const HANDED_IN = '2026-11-22T09:00:00.000Z';

test.each([
  ['a student without an extension', ['grace'], HANDED_IN, { dueAt: DUE, handedInAt: HANDED_IN }],
  ['an extension by a duration', ['7', 'ada'], HANDED_IN, { dueAt: '2026-11-23T09:00:00.000Z', handedInAt: HANDED_IN }],
  [
    'the most generous extension of a group, and the hand-in time of the course’s file',
    ['ada', 'alan'],
    HANDED_IN,
    { dueAt: '2026-12-01T09:00:00.000Z', handedInAt: '2026-11-25T09:00:00.000Z' },
  ],
  ['an extension never shortens the time', ['early'], HANDED_IN, { dueAt: DUE, handedInAt: HANDED_IN }],
  ['an unknown hand-in time', ['grace'], undefined, undefined],
])('%s', (_, students, fallback, expected) => expect(handInTimes(COURSE, students, fallback)).toEqual(expected));

test.each(['2026-11-20', '2026-11-20T09:00', '2026-02-30T09:00Z', '2026-11-20T25:00Z', 'tomorrow'])(
  '"%s" is not a point in time',
  (due) => expect(Deadlines.safeParse({ due }).error?.issues[0].message).toContain('must be a date, a time and a zone'),
);
