import * as z from 'zod';

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)$/u;
const UNITS = { minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;
const SPAN = /^(\d+) (minute|hour|day|week)s?$/u;

/** A point in time as a person writes it, always with its zone; read as UTC in ISO 8601. */
export const Moment = z.string().transform((text, context) => {
  const moment = momentOf(text);
  if (moment !== undefined) return moment;
  context.addIssue({
    code: 'custom',
    message: `"${text}" must be a date, a time and a zone, like 2026-11-20T09:00+01:00 or 2026-11-20T08:00Z`,
  });
  return z.NEVER;
});

/** A duration as a person writes it, `7 days`; read as seconds. */
export const Span = z.string().transform((text, context) => {
  const seconds = secondsOf(text);
  if (seconds !== undefined) return seconds;
  context.addIssue({ code: 'custom', message: `"${text}" must be a number of minutes, hours, days or weeks: 7 days` });
  return z.NEVER;
});

/** ISO 8601 in UTC; undefined if the text is not a point in time. */
export function momentOf(text: string): string | undefined {
  const [, date, time, zone] = MOMENT.exec(text) ?? [];
  if (date === undefined) return undefined;
  const midnight = new Date(`${date}T00:00Z`);
  const at = new Date(`${date}T${time}${zone.replace(/(\d\d)(\d\d)$/u, '$1:$2')}`);
  // February 30 would be read as a day of March.
  if (Number.isNaN(at.getTime()) || !midnight.toISOString().startsWith(date)) return undefined;
  return at.toISOString();
}

/** Undefined if the text is not a duration. */
export function secondsOf(text: string): number | undefined {
  const [, count, unit] = SPAN.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}
