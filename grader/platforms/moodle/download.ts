import type { DownloadItem, Owner } from '../Download.ts';

const MOODLE = /^(?<name>.+)_(?<id>\d+)_assignsubmission_(?<plugin>[a-z]+)(?:_(?<file>.*))?$/u;

/** True for the name of a folder or a file of Moodle's download. */
export const isMoodleItem = (name: string): boolean => MOODLE.test(name);

/**
 * Moodle: `<full name>_<participant>_assignsubmission_file_[<file>]`, a folder or, without folders, each file; a text is
 * in `…_assignsubmission_onlinetext_`. The name of a participant of a blind marking is the word "Participant".
 */
export function moodleOwner({ kind, name: item }: DownloadItem): Owner | undefined {
  const groups = MOODLE.exec(item)?.groups;
  if (!groups) return undefined;
  const { id, plugin, file } = groups as { id: string; plugin: string; file?: string };
  const name = groups['name'] === 'Participant' ? `Participant ${id}` : groups['name'];
  const problem =
    kind === 'link'
      ? `${item}: is a symbolic link; put the folder itself there`
      : plugin === 'file'
        ? undefined
        : `no file was handed in, only ${plugin === 'onlinetext' ? 'a text' : plugin}`;
  return {
    ...{ id, name, students: [{ name, ids: { moodle: id } }], isLate: false, order: 0, problem },
    ...{ key: `${name} ${id}`, file: file || undefined },
  };
}
