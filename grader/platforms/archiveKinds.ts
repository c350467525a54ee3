const READABLE = /\.(?:zip|tar|tar\.gz|tgz)$/iu;
const OTHER =
  /\.(?:rar|7z|zipx|tar\.\w{1,4}|txz|tbz2?|tzst|tlz|gz|bz2|xz|zst|lz|lzma|cab|arj|ace|lha|lzh|sitx?|dmg|iso|jar|zip\.\d{3}|7z\.\d{3}|z\d\d|r\d\d|(?:zip|rar|7z|tgz|tar\.gz)\.(?:part|crdownload|download))$/iu;

/** The suffix of an archive that is not read, like `.rar`; undefined for all other files. */
export const unreadableArchive = (name: string): string | undefined =>
  READABLE.test(name) ? undefined : OTHER.exec(name)?.[0];

/** Why such an archive is not graded, and what to do. */
export const whyUnreadable = (name: string): string =>
  `${name}: ${unreadableArchive(name)} archives are not read; hand in a .zip, .tar or .tar.gz`;

/** `ada.tar.gz` and `ada.rar` without what says that they are archives. */
export const withoutSuffix = (name: string): string => name.replace(READABLE, '').replace(OTHER, '');

/** True for the name of an archive of any kind. */
export const isAnyArchive = (name: string): boolean => READABLE.test(name) || OTHER.test(name);
