import { shownMoment } from '../../common/time.ts';

/**
 * `2026-11-20 09:00 Europe/Berlin`: a time to the minute, on the clocks of a zone.
 *
 * @param iso - in UTC
 */
export function minuteOf(iso: string, zone: string): string {
  const [clock, name] = shownMoment({ at: iso, zone }).split(' ');
  return `${clock.replace('T', ' ').slice(0, 'yyyy-mm-dd hh:mm'.length)} ${name}`;
}
