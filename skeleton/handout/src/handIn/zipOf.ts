import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

/** In local time, as the DOS fields of an archive are: the same bytes in every time zone. */
const THEN = new Date(1980, 0, 1);

type Files = ReadonlyMap<string, string | Uint8Array>;

/**
 * The files as an archive: the same files give the same bytes on every machine. They are not compressed, because the
 * output of deflate differs between versions of zlib.
 *
 * @param folder - a folder of the archive for all of them; none if left out
 */
export async function zipOf(files: Files, folder = ''): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, content] of files)
    zip.addBuffer(Buffer.from(content), posix.join(folder, path), {
      mtime: THEN,
      forceDosTimestamp: true,
      mode: 0o100644,
      compress: false,
    });
  zip.end();
  return buffer(zip.outputStream);
}
