import { expect, test } from '@jest/globals';
import { minuteOf } from './minuteOf.ts';

test.each([
  ['UTC', '2026-11-20 23:30 UTC'],
  ['Europe/Berlin', '2026-11-21 00:30 Europe/Berlin'],
  ['-08:00', '2026-11-20 15:30 -08:00'],
])('a time is shown on the clocks of %s, and names them', (zone, shown) =>
  expect(minuteOf('2026-11-20T23:30:59.999Z', zone)).toBe(shown),
);
