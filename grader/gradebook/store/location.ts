/** True for the address of a PostgreSQL database. */
export const isUrl = (location: string): boolean => /^postgres(?:ql)?:\/\//u.test(location);

/**
 * A gradebook's location without its password, if it has one: for messages, and for files that others may read.
 *
 * @example
 * ```ts
 * shownLocation('postgres://course:secret@db.example.org/grades'); // 'postgres://course@db.example.org/grades'
 * ```
 */
export function shownLocation(location: string): string {
  if (!isUrl(location)) return location;
  // A password that is not encoded as it should be: everything before the last @ may be a part of it.
  if (!URL.canParse(location)) return location.replace(/(?<=^\w+:\/\/[^:@]*):.*(?=@)/u, '');
  const url = new URL(location);
  if (url.password === '' && !url.searchParams.has('password')) return location;
  url.password = '';
  url.searchParams.delete('password');
  return url.href;
}

/** Whether a gradebook's location has a password in it. */
export const hasPassword = (location: string): boolean => shownLocation(location) !== location;
