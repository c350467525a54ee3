const ARCHIVE_NAME = /\.(?:zip|tar|tar\.gz|tgz)$/iu;

/** True for the name of an archive that can be read. */
export const isArchiveName = (name: string): boolean => ARCHIVE_NAME.test(name);

/** `ada.tar.gz` → `ada`. */
export const withoutArchiveSuffix = (name: string): string => name.replace(ARCHIVE_NAME, '');

/** True for the path of an archive in which deliverables are looked for: at the top, or in a folder there. */
export const mayHoldDeliverables = (path: string): boolean => isArchiveName(path) && path.split('/').length <= 2;
