import type { DownloadItem, Owner } from '../Download.ts';

const BRIGHTSPACE =
  /^(?<user>\d+)-\d+ - (?<who>.+?) - (?<at>(?:\p{L}+\.? \d{1,2},?|\d{1,2}\.? \p{L}+\.?,?) \d{4}[, ]+\d{1,4}(?::\d\d)?(?: ?[AP]M)?)(?: - (?<file>.+))?$/iu;

/** True for the name of a folder or a file of Brightspace's download. */
export const isBrightspaceItem = (name: string): boolean => BRIGHTSPACE.test(name);

/**
 * Brightspace (D2L): `<user>-<assignment> - <name> - <Nov 20, 2026 930 AM>`, a folder or, before the name of each file,
 * its beginning. An organisation may show its own number before the name.
 */
export function brightspaceOwner({ kind, name: item }: DownloadItem): Owner | undefined {
  const groups = BRIGHTSPACE.exec(item)?.groups;
  if (kind === 'link' || !groups) return undefined;
  const { user, who, at, file } = groups as Record<'user' | 'who' | 'at', string> & typeof groups;
  const { sid, name = who } = /^(?<sid>\d{4,}) (?<name>.+)$/u.exec(who)?.groups ?? {};
  const minute = minuteOf(at);
  return {
    ...{ id: user, name, isLate: false, order: 0, attempt: minute, key: user, file },
    handedInLocal: minute === undefined ? undefined : new Date(minute * 60_000).toISOString().slice(0, 16),
    students: [{ name, ids: { brightspace: user, ...(sid === undefined ? {} : { sid }) } }],
  };
}

/** A number that is higher for a later time; undefined if the month is in a language that is not known. */
function minuteOf(text: string): number | undefined {
  const date = text.replace(/(\d{1,2})(\d\d)(?= ?[AP]M|$)/iu, (clock, hour: string, minute: string) =>
    clock.length > 2 ? `${hour}:${minute}` : clock,
  );
  const time = Date.parse(`${date} UTC`);
  return Number.isNaN(time) ? undefined : time / 60_000;
}
