import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { Files } from './packFolder.ts';

/** In local time, as the DOS fields of an archive are: the same bytes in every time zone. */
const THEN = new Date(1980, 0, 1);

/**
 * The files as an archive with one folder in it: the same files give the same bytes on every machine. They are not
 * compressed, because the output of deflate differs between versions of zlib.
 */
export async function zipOf(files: Files, folder: string): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, content] of files)
    zip.addBuffer(Buffer.from(content), `${folder}/${path}`, {
      mtime: THEN,
      forceDosTimestamp: true,
      mode: 0o100644,
      compress: false,
    });
  zip.end();
  return buffer(zip.outputStream);
}
