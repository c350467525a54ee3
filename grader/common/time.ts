const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)$/u;
const UNITS = { minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;
const SPAN = /^(\d+) (minute|hour|day|week)s?$/u;

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

/** The seconds of a duration like `7 days`; undefined if the text is not one. */
export function secondsOf(text: string): number | undefined {
  const [, count, unit] = SPAN.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}
