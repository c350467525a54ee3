import type { DownloadItem, Owner } from '../Download.ts';

const MOODLE = /^(?<name>.+)_(?<id>\d+)_assignsubmission_file_?(?<file>.*)$/u;

/** Moodle: `<full name>_<participant>_assignsubmission_file_[<file>]`, a folder or, without folders, each file. */
export function moodleOwner({ name: item }: DownloadItem): Owner | undefined {
  const groups = MOODLE.exec(item)?.groups;
  if (!groups) return undefined;
  const { id, name, file } = groups;
  return { id, name, students: [{ name, ids: { moodle: id } }], isLate: false, order: 0, file: file || undefined };
}
