/** `2026-11-20 09:00`: a time in UTC, to the minute. */
export const minuteOf = (iso: string): string => iso.slice(0, 16).replace('T', ' ');
