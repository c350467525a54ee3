import { printableLine } from '../report/text/printable.ts';

/** `lovelaceada_LATE_4711_99_conv.zip` of Canvas, `Ada Lovelace_4711_assignsubmission_file_` of Moodle. */
const DOWNLOADS = [
  /^(?<name>.+)_(?<id>\d+)_assignsubmission_file_?.*$/u,
  /^(?<name>.+?)_(?:LATE_)?(?<id>\d+)_\d+_.+$/u,
];

/** Who a submission belongs to, as far as its name says. */
export function participantOf(submission: string): { id: string; name: string } {
  const plain = printableLine(submission.replace(/\.(?:zip|tar|tar\.gz|tgz)$/iu, '')).trim();
  for (const download of DOWNLOADS) {
    const { name, id } = download.exec(submission)?.groups ?? {};
    if (name !== undefined && id !== undefined) return { id, name: printableLine(name) };
  }
  return { id: plain, name: plain };
}
