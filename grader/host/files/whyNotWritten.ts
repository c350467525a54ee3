/** What the error codes of a file system mean to the person who chose the path. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no folder can be made there',
  ELOOP: 'the links in the path form a loop',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports an error',
};

/** Why a file was not written, as text; undefined if it is not a file system error. */
export function whyNotWritten(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  return WORDS[code] ?? code;
}
