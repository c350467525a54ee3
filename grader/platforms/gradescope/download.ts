import { parse } from 'yaml';
import * as z from 'zod';
import { momentOf } from '../../common/time.ts';
import { UngradableError } from '../../model/errors.ts';
import type { Student } from '../../model/student.ts';
import type { DownloadItem, Layout, Owner } from '../Download.ts';
import { some } from '../pendingNotes.ts';
import { relevantLines } from './relevantLines.ts';

const METADATA = 'submission_metadata.yml';
/** A course of thousands with the results of every test is far below it. */
const MAX_METADATA_BYTES = 256 * 1024 * 1024;

/** A longer name, id or address is damaged, or meant to harm. */
const LONGEST_TEXT = 1000;

const Text = z
  .string()
  .max(LONGEST_TEXT)
  .nullish()
  .transform((text) => (text === undefined || text === null || ['', '~', 'null'].includes(text) ? undefined : text))
  .catch(undefined);
const Submitter = z.object({ ':name': Text, ':sid': Text, ':email': Text });
const Entry = z.object({
  ':created_at': Text,
  ':submitters': z
    .array(z.unknown())
    .catch([])
    .transform((list) => list.flatMap((each) => Submitter.safeParse(each).data ?? [])),
});
type Entry = z.infer<typeof Entry>;

/**
 * Gradescope: folders `submission_<number>`, and `submission_metadata.yml` with names, ids, addresses and times;
 * undefined if there is neither. Without its metadata a submission is known by its number.
 */
export async function gradescopeLayout(items: readonly DownloadItem[]): Promise<Layout | undefined> {
  const file = items.find(({ name }) => name === METADATA);
  if (file?.kind !== 'file') return undefined;
  const metadata = await metadataIn(file);
  if (typeof metadata === 'string')
    return {
      ownerOf: ({ kind, name }) => (kind === 'folder' ? ownerOf(name, undefined) : undefined),
      notes: [
        `${METADATA}: ${metadata}; students are known by the numbers of their submissions, hand-in times are not`,
      ],
    };
  const unknown = items.filter(
    ({ kind, name }) => kind === 'folder' && (metadata.get(name)?.[':submitters'] ?? []).length === 0,
  );
  const there = new Set(items.map(({ name }) => name));
  const missing = [...metadata.keys()].filter((name) => !there.has(name));
  const names = unknown.map(({ name }) => name).join(', ');
  return {
    ownerOf: ({ kind, name }) =>
      kind === 'folder' && (metadata.has(name) || /^submission_\d+$/u.test(name))
        ? ownerOf(name, metadata.get(name))
        : undefined,
    notes: [
      ...(unknown.length === 0 ? [] : [`${METADATA} names nobody for ${names}`]),
      ...(missing.length === 0 ? [] : [`${METADATA} has submissions that are not in the download: ${some(missing)}`]),
    ],
  };
}

function ownerOf(submission: string, entry: Entry | undefined): Owner {
  const submitters = entry?.[':submitters'] ?? [];
  const list = (field: ':name' | ':sid' | ':email', separator: string) =>
    submitters.flatMap((submitter) => submitter[field] ?? []).join(separator);
  const students = submitters.map((submitter) => studentOf(submitter, submission));
  return {
    id: list(':sid', '+') || submission,
    name: list(':name', ', ') || list(':email', ', ') || submission,
    email: list(':email', ', ') || undefined,
    students: students.length > 0 ? students : [{ name: submission, ids: {} }],
    isLate: false,
    handedInAt: momentOf(entry?.[':created_at'] ?? ''),
    order: 0,
  };
}

const studentOf = (
  { ':name': name, ':sid': sid, ':email': email }: z.infer<typeof Submitter>,
  submission: string,
): Student => ({
  name: name ?? email ?? sid ?? submission,
  ...(email === undefined ? {} : { email }),
  ids: sid === undefined ? {} : { sid },
});

/** The entries by submission, or why they cannot be read. */
async function metadataIn(file: DownloadItem & { kind: 'file' }): Promise<ReadonlyMap<string, Entry> | string> {
  let text: string;
  try {
    text = new TextDecoder().decode(await file.read(MAX_METADATA_BYTES));
  } catch (error) {
    if (error instanceof UngradableError) return 'cannot be read';
    throw error;
  }
  const entries = entriesOf(yamlOf(relevantLines(text))) ?? entriesOf(yamlOf(text));
  return entries ?? 'is not the YAML that Gradescope writes';
}

/** A damaged entry is left out, and does not affect the others; undefined if there is none that is not damaged. */
function entriesOf(document: unknown): ReadonlyMap<string, Entry> | undefined {
  const { data } = z.record(z.string(), z.unknown()).safeParse(document);
  if (!data) return undefined;
  const entries = Object.entries(data).flatMap(([name, value]): [string, Entry][] => {
    const entry = Entry.safeParse(value);
    return entry.success ? [[name, entry.data]] : [];
  });
  return entries.length > 0 ? new Map(entries) : undefined;
}

const MOST_ALIASES = 1_000_000;

function yamlOf(text: string): unknown {
  try {
    // Every scalar is text: ids have leading zeros, and Ruby's symbols are plain strings.
    return parse(text, {
      schema: 'failsafe',
      merge: true,
      uniqueKeys: false,
      maxAliasCount: MOST_ALIASES,
      logLevel: 'silent',
    });
  } catch {
    return undefined;
  }
}
