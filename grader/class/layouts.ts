import { parse } from 'yaml';
import * as z from 'zod';
import { momentOf } from '../model/time.ts';
import type { ClassItem } from './ClassItem.ts';

/** Whose a thing of a download is, as far as its name says. */
export interface Whose {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly isLate: boolean;
  /** ISO 8601 in UTC, where the download tells it. */
  readonly handedInAt?: string | undefined;
  /** The file as the student called it, where the download wrote names and numbers before it. */
  readonly file?: string | undefined;
  /** Of two files of one student, the later has the higher one. */
  readonly order: number;
}

/**
 * Tells whose an item is; undefined for what is nobody's. The layouts:
 *
 * - Gradescope: folders `submission_<number>` and `submission_metadata.yml`, which has names, ids and addresses
 * - Canvas: files `<lastfirst>[_LATE]_<user>_<attachment>_<file>`, `[LATE_]anon_<id>_<attachment>_<file>` when anonymous
 * - Moodle: `<full name>_<participant>_assignsubmission_file_[<file>]`, a folder or, without folders, each file
 * - GitHub Classroom: clones `<assignment>-<user>`, in a folder `<assignment>-submissions`
 * - anything else: a folder or an archive for each student, called as the student is
 */
export type Layout = (item: ClassItem) => Whose | undefined;

const METADATA = 'submission_metadata.yml';
const MAX_METADATA_BYTES = 32 * 1024 * 1024;

/** @param className - what the class's folder is called */
export async function layoutOf(className: string, items: readonly ClassItem[]): Promise<Layout> {
  const layouts = [await gradescope(items), canvas, moodle, gitHubClassroom(className, items), plain];
  return (item) => {
    for (const layout of layouts) {
      const whose = layout?.(item);
      if (whose) return whose;
    }
    return undefined;
  };
}

const Submitter = z.object({
  ':name': z.string().nullish(),
  ':sid': z.union([z.string(), z.number()]).nullish(),
  ':email': z.string().nullish(),
});
const Metadata = z.record(
  z.string(),
  z.object({ ':created_at': z.string().nullish().catch(undefined), ':submitters': z.array(Submitter) }),
);

/** Undefined where there is no metadata that can be read. */
async function gradescope(items: readonly ClassItem[]): Promise<Layout | undefined> {
  const file = items.find(({ name }) => name === METADATA);
  if (file?.kind !== 'file') return undefined;
  const metadata = Metadata.safeParse(yamlOf(await file.read(MAX_METADATA_BYTES)));
  if (!metadata.success) return undefined;
  return ({ name }) => {
    const entry = Object.hasOwn(metadata.data, name) ? metadata.data[name] : undefined;
    if (!entry) return undefined;
    const list = (field: keyof z.infer<typeof Submitter>, separator: string) =>
      entry[':submitters']
        .flatMap((submitter) => submitter[field] ?? [])
        .map(String)
        .join(separator);
    return {
      id: list(':sid', '+') || name,
      name: list(':name', ', ') || name,
      email: list(':email', ', ') || undefined,
      isLate: false,
      handedInAt: momentOf(entry[':created_at'] ?? ''),
      order: 0,
    };
  };
}

function yamlOf(bytes: Uint8Array): unknown {
  try {
    // Symbols of Ruby are plain text here.
    return parse(new TextDecoder().decode(bytes), { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

const CANVAS = /^(?<name>.+?)_(?<late>LATE_)?(?<id>\d+)_(?<attachment>\d+)_(?<file>.+)$/u;
const CANVAS_ANONYMOUS = /^(?<late>LATE_)?(?<name>anon_(?<id>\w+?))_(?<attachment>\d+)_(?<file>.+)$/u;

function canvas({ kind, name: item }: ClassItem): Whose | undefined {
  const groups = kind === 'file' ? (CANVAS_ANONYMOUS.exec(item) ?? CANVAS.exec(item))?.groups : undefined;
  if (!groups) return undefined;
  const { name, id, late, attachment, file } = groups;
  return { id, name, isLate: late !== undefined, order: Number(attachment), file };
}

const MOODLE = /^(?<name>.+)_(?<id>\d+)_assignsubmission_file_?(?<file>.*)$/u;

function moodle({ name: item }: ClassItem): Whose | undefined {
  const groups = MOODLE.exec(item)?.groups;
  return (
    groups && { id: groups['id'], name: groups['name'], isLate: false, order: 0, file: groups['file'] || undefined }
  );
}

function gitHubClassroom(className: string, items: readonly ClassItem[]): Layout | undefined {
  const clones = items.filter((item) => item.kind === 'folder' && item.isRepository).map(({ name }) => name);
  const named = /^(?<assignment>.+)-submissions$/u.exec(className)?.groups?.['assignment'];
  const prefix = named !== undefined ? `${named}-` : clones.length > 1 ? commonPrefix(clones) : '';
  if (prefix === '') return undefined;
  return ({ kind, name }) => {
    if (kind !== 'folder' || !name.startsWith(prefix)) return undefined;
    const user = name.slice(prefix.length);
    return { id: user, name: user, isLate: false, order: 0 };
  };
}

/** `hw1-` of `hw1-ada` and `hw1-alan`; nothing where there is no such beginning. */
function commonPrefix(names: readonly string[]): string {
  const [first, ...others] = names;
  let length = first.length;
  while (length > 0 && !others.every((other) => other.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, first.slice(0, length).lastIndexOf('-') + 1);
}

const ARCHIVE = /\.(?:zip|tar|tar\.gz|tgz)$/iu;

/** Loose files beside the submissions are a teacher's lists and notes. */
function plain({ kind, name: item }: ClassItem): Whose | undefined {
  if (kind === 'file' && !ARCHIVE.test(item)) return undefined;
  if (item.includes('_assignsubmission_')) return undefined;
  const name = kind === 'file' ? item.replace(ARCHIVE, '') : item;
  return { id: name, name, isLate: false, order: 0 };
}
