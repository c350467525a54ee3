import { expect, test } from '@jest/globals';
import { after, isZoneName, momentOf, shownMoment, spanOf, zonedMomentOf } from './time.ts';

test.each([
  ['2026-11-20T09:00+01:00', '2026-11-20T08:00:00.000Z'],
  ['2026-11-20 09:00 +0530', '2026-11-20T03:30:00.000Z'],
  ['2026-11-20T09:00:30.250Z', '2026-11-20T09:00:30.250Z'],
  ['2026-10-24T23:59 Europe/Berlin', '2026-10-24T21:59:00.000Z'],
  ['2026-10-25T23:59 Europe/Berlin', '2026-10-25T22:59:00.000Z'],
  ['2026-07-01T12:00 America/Argentina/Buenos_Aires', '2026-07-01T15:00:00.000Z'],
  ['2026-11-20T09:00 UTC', '2026-11-20T09:00:00.000Z'],
  [' 2026-11-20T09:00Z ', '2026-11-20T09:00:00.000Z'],
])('%s', (text, utc) => expect(momentOf(text)).toBe(utc));

test.each([
  ['2026-10-25T02:30 Europe/Berlin', '2026-10-25T01:30:00.000Z'],
  ['2026-11-01T01:30 America/New_York', '2026-11-01T06:30:00.000Z'],
  ['2026-04-05T02:30 Australia/Sydney', '2026-04-04T16:30:00.000Z'],
  ['2026-04-05T01:45 Australia/Lord_Howe', '2026-04-04T15:15:00.000Z'],
])('of a time that a zone has twice, the later one is meant, in whatever zone the machine is: %s', (text, utc) =>
  expect(momentOf(text)).toBe(utc),
);

test.each([
  '2026-11-20',
  '2026-11-20T09:00',
  '2026-02-30T09:00Z',
  '2026-11-20T25:00Z',
  '2026-11-20T09:60Z',
  '2026-11-20T09:00:60Z',
  '0026-11-20T09:00Z',
  '2026-03-29T02:30 Europe/Berlin',
  '2026-03-08T02:30 America/New_York',
  '2026-11-20T09:00 Europe/Nowhere',
  '2026-11-20T09:00 IST',
  '',
])('"%s" is not a point in time', (text) => expect(momentOf(text)).toBeUndefined());

test.each([
  '2026-10-24T23:59 Europe/Berlin',
  '2026-11-20T09:00:30 Asia/Tokyo',
  '2026-11-20T09:00 +05:30',
  '2026-11-20T00:00 UTC',
])('%s is shown as it is written', (text) => expect(shownMoment(zonedMomentOf(text)!)).toBe(text));

test('a time without a zone is in the given one', () => {
  expect(zonedMomentOf('2026-11-20T09:00', 'Asia/Tokyo')).toEqual({
    at: '2026-11-20T00:00:00.000Z',
    zone: 'Asia/Tokyo',
  });
  expect(zonedMomentOf('2026-11-20T09:00Z', 'Asia/Tokyo')?.zone).toBe('UTC');
});

test.each([
  ['a day on which clocks go back has 25 hours', '2026-10-24T23:59 Europe/Berlin', '1 day', '2026-10-25T22:59:00.000Z'],
  ['a day on which they go forward has 23', '2026-03-28T23:59 Europe/Berlin', '1 day', '2026-03-29T21:59:00.000Z'],
  ['hours are counted on a clock', '2026-10-24T23:59 Europe/Berlin', '24 hours', '2026-10-25T21:59:00.000Z'],
  ['weeks are days', '2026-10-24T23:59 Europe/Berlin', '1 week', '2026-10-31T22:59:00.000Z'],
  ['a time that is skipped is an hour later', '2026-03-28T02:30 Europe/Berlin', '1 day', '2026-03-29T01:30:00.000Z'],
  [
    'of a time that is there twice the later one counts',
    '2026-10-24T02:30 Europe/Berlin',
    '1 day',
    '2026-10-25T01:30:00.000Z',
  ],
  ['with an offset every day has 24', '2026-10-24T23:59+02:00', '1 day', '2026-10-25T21:59:00.000Z'],
])('%s', (_, moment, span, then) => expect(after(zonedMomentOf(moment)!, spanOf(span)!)).toBe(then));

test('hours are counted from the earlier of two times that a clock shows, if that is meant', () =>
  expect(after({ at: '2026-10-25T00:30:00.000Z', zone: 'Europe/Berlin' }, spanOf('2 hours')!)).toBe(
    '2026-10-25T02:30:00.000Z',
  ));

test.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is a zone', (name) =>
  expect(isZoneName(name)).toBe(true),
);
test.each(['CEST', '+01:00', 'Europe', '../etc/passwd', ''])('"%s" is no name of a zone', (name) =>
  expect(isZoneName(name)).toBe(false),
);
