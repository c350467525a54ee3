import { describe, expect, test } from '@jest/globals';
import { Deadlines } from '../model/deadlines.ts';
import { LatePolicy } from '../model/latePolicy.ts';
import { Lateness } from '../model/report.ts';
import { momentOf, zonedMomentOf } from '../common/time.ts';
import { type HandInTimes, handInTimes } from './handInTimes.ts';
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

test('days of the policy are counted on the calendar of the zone', () => {
  const due = zonedMomentOf('2026-10-20T23:59 Europe/Berlin')!;
  const keep = (handedInAt: string) =>
    applyLatePolicy(WEEK, { dueAt: due.at, handedInAt: momentOf(handedInAt)!, zone: due.zone }, 10)?.keep;
  expect(keep('2026-10-27T23:59 Europe/Berlin')).toBe(0.5);
  expect(keep('2026-10-28T00:00 Europe/Berlin')).toBe(0);
});

test('half a hundredth that counts is rounded up', () =>
  expect(applyLatePolicy(WEEK, { dueAt: DUE, handedInAt: '2026-11-22T09:00:00.000Z' }, 8.05)?.counts).toBe(4.03));

describe('what a course allows', () => {
  const late = (days: number, times: Partial<HandInTimes> = {}) =>
    applyLatePolicy(WEEK, { dueAt: DUE, handedInAt: `2026-11-${20 + days}T09:20:00.000Z`, ...times }, 71);
  const grace = { days: 0, seconds: 1800 };

  test('within the course’s grace nothing is late', () => {
    expect(late(0, { grace })).toBeUndefined();
    expect(late(1, { grace })).toMatchObject({ keep: 0.5 });
  });

  test.each([
    ['as few slip days as are needed', 1, { slipDays: 4 }, { keep: 1, slipDaysUsed: 2 }],
    ['fewer with grace', 1, { slipDays: 4, grace }, { keep: 1, slipDaysUsed: 1 }],
    ['enough for a better step of the policy', 8, { slipDays: 2 }, { keep: 0.5, slipDaysUsed: 2 }],
    ['none if they change nothing', 3, { slipDays: 2 }, { keep: 0.5, counts: 35.5 }],
    ['none if there are none', 1, { slipDays: 0 }, { keep: 0.5 }],
  ])('%s', (_, days, times, expected) => {
    const found = late(days, times);
    expect(found).toMatchObject(expected);
    if (!('slipDaysUsed' in expected)) expect(found).not.toHaveProperty('slipDaysUsed');
  });

  test('what a report says of it is applied again with the same result', () => {
    const first = late(2, { slipDays: 5, zone: 'Europe/Berlin', grace })!;
    expect(applyLatePolicy(WEEK, Lateness.parse(first), 71)).toEqual(first);
  });
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
const ZONED = { zone: '+01:00' };
const HANDED_IN = '2026-11-22T09:00:00.000Z';

test.each([
  ['a student without an extension', ['grace'], HANDED_IN, { ...ZONED, dueAt: DUE, handedInAt: HANDED_IN }],
  [
    'an extension by a duration',
    ['7', 'ada'],
    HANDED_IN,
    { ...ZONED, dueAt: '2026-11-23T09:00:00.000Z', handedInAt: HANDED_IN },
  ],
  [
    'the most generous extension of a group, and the hand-in time of the course’s file',
    ['ada', 'alan'],
    HANDED_IN,
    { ...ZONED, dueAt: '2026-12-01T09:00:00.000Z', handedInAt: '2026-11-25T09:00:00.000Z' },
  ],
  ['an extension never shortens the time', ['early'], HANDED_IN, { ...ZONED, dueAt: DUE, handedInAt: HANDED_IN }],
  ['an unknown hand-in time', ['grace'], undefined, undefined],
])('%s', (_, students, fallback, expected) => expect(handInTimes(COURSE, students, fallback)).toEqual(expected));

test.each(['2026-11-20', '2026-11-20T09:00', '2026-02-30T09:00Z', '2026-11-20T25:00Z', 'tomorrow'])(
  '"%s" is not a due date',
  (due) =>
    expect(Deadlines.safeParse({ due }).error?.issues[0].message).toContain('must be a date and a time that exist'),
);

test('times without a zone are in the course’s', () => {
  const { due, extensions, handedIn } = Deadlines.parse({
    zone: 'Europe/Berlin',
    due: '2026-10-24T23:59',
    extensions: { ada: '1 day', alan: '2026-10-26T12:00' },
    handedIn: { ada: '2026-10-25T23:58' },
  });
  expect(due).toEqual({ at: '2026-10-24T21:59:00.000Z', zone: 'Europe/Berlin' });
  expect(extensions['alan']).toEqual({ dueAt: '2026-10-26T11:00:00.000Z' });
  expect(handedIn).toEqual({ ada: '2026-10-25T22:58:00.000Z' });
  const times = handInTimes(Deadlines.parse({ zone: 'Europe/Berlin', due: '2026-10-24T23:59' }), [], DUE);
  expect(times?.zone).toBe('Europe/Berlin');
});

test('a hand-in time that is blank or unreadable concerns that student only', () => {
  const { handedIn, unreadable } = Deadlines.parse({ handedIn: { ada: null, alan: 2026, grace: '2026-11-20T09:00Z' } });
  expect(handedIn).toEqual({ grace: '2026-11-20T09:00:00.000Z' });
  expect(unreadable).toEqual(['ada ("" in handedIn)', 'alan ("2026" in handedIn)']);
});

test.each([
  ['of one student', ['ada'], 2],
  ['of another', ['grace'], 2],
  ['at most for one assignment', ['new'], 2],
  ['of a team, those of the member who has fewest', ['new', 'alan'], 0],
])('slip days that are left: %s', (_, students, left) => {
  const course = Deadlines.parse({
    due: '2026-11-20T09:00Z',
    slipDays: { allowed: '5', atMost: '2', used: { ada: '3', alan: '9', grace: '1' } },
  });
  expect(handInTimes(course, students, HANDED_IN)?.slipDays).toBe(left);
});
