import type { DownloadItem, Owner } from '../Download.ts';

const MOODLE = /^(?<name>.+)_(?<id>\d+)_assignsubmission_file_?(?<file>.*)$/u;

/** Moodle: `<full name>_<participant>_assignsubmission_file_[<file>]`, a folder or, without folders, each file. */
export function moodleOwner({ name: item }: DownloadItem): Owner | undefined {
  const groups = MOODLE.exec(item)?.groups;
  return (
    groups && { id: groups['id'], name: groups['name'], isLate: false, order: 0, file: groups['file'] || undefined }
  );
}
