/** What the error codes of a file system mean to the person who named the file. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'permission is denied',
  EPERM: 'it is not permitted',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'the links in the path form a loop',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the disk reports an error',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

/** Why a file was not read, in words. */
export function whyNotRead(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : (WORDS[code] ?? code)) ?? String(error);
}
