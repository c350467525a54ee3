import { tzOffset } from '@date-fns/tz';

/** A point in time, and the zone by whose calendar days are counted from it. */
export interface ZonedMoment {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** `Europe/Berlin`, `+01:00` or `UTC`. */
  readonly zone: string;
}

/** A duration as people mean it: days are counted on a calendar, seconds on a clock. */
export interface Span {
  readonly days: number;
  readonly seconds: number;
}

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)? ?(Z|[+-]\d\d:?\d\d|[A-Za-z][\w+/-]*)?$/u;
/** Abbreviations are left out: `IST` is a zone of three countries. */
const ZONE_NAME = /^(?:UTC|[A-Za-z_]+\/[\w+-]+(?:\/[\w+-]+)?)$/u;
const UNITS: Readonly<Record<string, Span>> = {
  minute: { days: 0, seconds: 60 },
  hour: { days: 0, seconds: 3600 },
  day: { days: 1, seconds: 0 },
  week: { days: 7, seconds: 0 },
};
const SPAN = /^(\d+) (minute|hour|day|week)s?$/u;

/** Whether a text is the name of a zone, like `Europe/Berlin`. */
export const isZoneName = (text: string): boolean => ZONE_NAME.test(text) && !Number.isNaN(tzOffset(text, new Date()));

/**
 * Reads `2026-11-20T09:00+01:00`, `2026-11-20 09:00Z` or `2026-11-20T09:00 Europe/Berlin`. Of an hour that a zone has
 * twice, the later one is meant.
 *
 * @param zone - if the text names none
 * @returns undefined if the text is not a point in time, or a time that the zone skips
 */
export function zonedMomentOf(text: string, zone?: string): ZonedMoment | undefined {
  const [, ...parts] = MOMENT.exec(text.trim()) ?? [];
  if (parts.length === 0) return undefined;
  const where = zoneOf(parts[7]) ?? (parts[7] === undefined ? zone : undefined);
  if (where === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(0, 6).map((digits) => Number(digits ?? 0));
  const milliseconds = Math.floor(Number(`0.${parts[6] ?? 0}`) * 1000);
  const clock = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // February 30 would be a day of March.
  const isReal = clock.toISOString().startsWith(`${parts.slice(0, 3).join('-')}T${parts.slice(3, 5).join(':')}`);
  const at = isReal ? lastAt(clock.getTime(), where) : undefined;
  return at === undefined ? undefined : { at: new Date(at).toISOString(), zone: where };
}

/** ISO 8601 in UTC; undefined if the text is not a point in time with its zone. */
export const momentOf = (text: string): string | undefined => zonedMomentOf(text)?.at;

function zoneOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z') return 'UTC';
  if (/^[+-]/u.test(text)) return text.replace(/(\d\d)(\d\d)$/u, '$1:$2');
  return isZoneName(text) ? text : undefined;
}

const DAY_MS = 86_400_000;

/** How far the clocks of a zone are ahead of UTC at a point in time, in milliseconds as all of these. */
const ahead = (zone: string, at: number): number => tzOffset(zone, new Date(at)) * 60_000;

/**
 * The last point in time at which the clocks of a zone show something; undefined if they skip it.
 *
 * @param shown - the time that would be it in UTC
 */
function lastAt(shown: number, zone: string): number | undefined {
  // Clocks are not set twice within two days.
  const offsets = [shown - DAY_MS, shown + DAY_MS].map((near) => ahead(zone, near)).sort((a, b) => a - b);
  return offsets.map((offset) => shown - offset).find((at) => at + ahead(zone, at) === shown);
}

/** The duration of a text like `7 days`; undefined if it is not one. */
export function spanOf(text: string): Span | undefined {
  const [, digits, unit] = SPAN.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const [count, { days, seconds }] = [Number(digits), UNITS[unit]];
  return { days: count * days, seconds: count * seconds };
}

/** No span is longer: beyond that, dates are soon none. */
export const LONGEST_DAYS = 36_525;

/** True if a span is longer. */
export const isTooLong = (span: Span): boolean => secondsIn(span) > LONGEST_DAYS * 86_400;

/** The seconds of a span on days of 24 hours. */
export const secondsIn = ({ days, seconds }: Span): number => days * 86_400 + seconds;

/**
 * The same time of day in the zone, that many days later, and then the seconds: a day is an hour shorter or longer when the
 * clocks change. A time that is skipped on that day is an hour later.
 *
 * @returns ISO 8601 in UTC
 */
export function after({ at, zone }: ZonedMoment, { days, seconds }: Span): string {
  const begin = Date.parse(at);
  const shown = begin + ahead(zone, begin) + days * DAY_MS;
  const sameTime = days === 0 ? begin : (lastAt(shown, zone) ?? shown - ahead(zone, shown - DAY_MS));
  return new Date(sameTime + seconds * 1000).toISOString();
}

/** `2026-11-20T09:00 Europe/Berlin`. */
export function shownMoment({ at, zone }: ZonedMoment): string {
  const begin = Date.parse(at);
  const clock = new Date(begin + ahead(zone, begin)).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  return `${clock.replace(/:00$/u, '')} ${zone}`;
}
