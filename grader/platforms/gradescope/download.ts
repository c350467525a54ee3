import { parse } from 'yaml';
import * as z from 'zod';
import { momentOf } from '../../common/time.ts';
import type { Student } from '../../model/student.ts';
import type { DownloadItem, OwnerOf } from '../Download.ts';

const METADATA = 'submission_metadata.yml';
const MAX_METADATA_BYTES = 32 * 1024 * 1024;

const Submitter = z.object({
  ':name': z.string().nullish(),
  ':sid': z.union([z.string(), z.number()]).nullish(),
  ':email': z.string().nullish(),
});
const Metadata = z.record(
  z.string(),
  z.object({ ':created_at': z.string().nullish().catch(undefined), ':submitters': z.array(Submitter) }),
);

/**
 * Gradescope: folders `submission_<number>`, and `submission_metadata.yml` with names, ids and addresses; undefined if
 * the metadata cannot be read.
 */
export async function gradescopeOwner(items: readonly DownloadItem[]): Promise<OwnerOf | undefined> {
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
      students: entry[':submitters'].map((submitter) => studentOf(submitter, name)),
      isLate: false,
      handedInAt: momentOf(entry[':created_at'] ?? ''),
      order: 0,
    };
  };
}

function studentOf(submitter: z.infer<typeof Submitter>, submission: string): Student {
  const { ':name': name, ':sid': sid, ':email': email } = submitter;
  return {
    name: name || email || submission,
    ...(email ? { email } : {}),
    ids: sid === undefined || sid === null || sid === '' ? {} : { sid: String(sid) },
  };
}

function yamlOf(bytes: Uint8Array): unknown {
  try {
    // Ruby symbols are read as plain strings.
    return parse(new TextDecoder().decode(bytes), { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
