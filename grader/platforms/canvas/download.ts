import type { DownloadItem, Owner } from '../Download.ts';

const CANVAS = /^(?<name>.+?)_(?<late>LATE_)?(?<id>\d+)_(?<attachment>\d+)_(?<file>.+)$/u;
const CANVAS_ANONYMOUS = /^(?<late>LATE_)?(?<name>anon_(?<id>\w+?))_(?<attachment>\d+)_(?<file>.+)$/u;

/** Canvas: files `<lastfirst>[_LATE]_<user>_<attachment>_<file>`, or `[LATE_]anon_<id>_<attachment>_<file>` if anonymous. */
export function canvasOwner({ kind, name: item }: DownloadItem): Owner | undefined {
  const groups = kind === 'file' ? (CANVAS_ANONYMOUS.exec(item) ?? CANVAS.exec(item))?.groups : undefined;
  if (!groups) return undefined;
  const { name, id, late, attachment, file } = groups;
  const students = [{ name, ids: name.startsWith('anon_') ? {} : { canvas: id } }];
  return { id, name, students, isLate: late !== undefined, order: Number(attachment), file };
}
