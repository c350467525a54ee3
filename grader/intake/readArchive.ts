import { UngradableError } from '../model/errors.ts';
import type { ArchiveEntry, Request } from './archiveMessages.ts';
import { ArchiveThread } from './ArchiveThread.ts';
import type { Entry, Listed } from './Listing.ts';
import { refusal } from './refusal.ts';

const thread = new ArchiveThread();

/**
 * Lists an archive's entries, by the kind that its suffix says, in a separate thread. What may be a deliverable is read
 * on the way.
 *
 * @throws UngradableError if it is not such an archive, and the reason of the signal if it is aborted
 */
export async function readArchive(request: Request, signal?: AbortSignal): Promise<Listed> {
  const { entries, ...rest } = await thread.ask(request, signal);
  return { ...rest, entries: entries.map(entryOf) };
}

const entryOf = ({ path, kind, bytes, refused }: ArchiveEntry): Entry => ({
  path,
  kind,
  async read(maxBytes) {
    if (refused !== undefined) throw new UngradableError(refused);
    if (!bytes || bytes.length > maxBytes) throw refusal(path, `more than ${maxBytes} bytes`);
    return bytes;
  },
});
