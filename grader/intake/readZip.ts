import yauzl from 'yauzl';
import { UngradableError } from '../model/errors.ts';
import type { RawFiles } from './takeIn.ts';

const MAX_ENTRIES = 2000;
const MAX_ARCHIVE_BYTES = 10 * 1024 * 1024;
/** What tools add on their own; skipped without a word in the way. */
const CLUTTER = /(^|\/)(__MACOSX|node_modules|\.git)(\/|$)|(^|\/)\.DS_Store$/;
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;

/**
 * Streams the deliverables out of a zip archive, every byte counted as it is inflated; nothing touches the disk.
 * One common top folder is stripped.
 */
export async function readZip(archive: string, wanted: ReadonlySet<string>, fileBytes: number): Promise<RawFiles> {
  const zip = await open(archive);
  try {
    const entries = (await list(zip)).filter(({ fileName }) => !CLUTTER.test(fileName) && !fileName.endsWith('/'));
    const top = commonTop(
      entries.map(({ fileName }) => fileName),
      wanted,
    );
    const files = new Map<string, Uint8Array>();
    const ignored: string[] = [];
    for (const entry of entries) {
      const path = entry.fileName.slice(top.length);
      if (!wanted.has(path)) {
        ignored.push(path);
        continue;
      }
      if (files.has(path)) throw new UngradableError(`${path}: twice in the archive`);
      refuseSpecialFile(path, entry);
      files.set(path, await inflate(zip, entry, path, fileBytes));
    }
    return { files, ignored: ignored.slice(0, 50) };
  } finally {
    zip.close();
  }
}

async function open(archive: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) => {
      if (error) return reject(new UngradableError(`${archive}: not a readable zip archive (${error.message})`));
      if (zip.fileSize > MAX_ARCHIVE_BYTES)
        return reject(new UngradableError(`${archive}: larger than ${MAX_ARCHIVE_BYTES} bytes`));
      resolve(zip);
    });
  });
}

async function list(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  if (zip.entryCount > MAX_ENTRIES)
    throw new UngradableError(`the archive has ${zip.entryCount} entries; at most ${MAX_ENTRIES} are read`);
  const entries: yauzl.Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (error: Error) => reject(new UngradableError(`the archive is refused: ${error.message}`)));
    zip.readEntry();
  });
}

/** `hand-in/` when every entry lies in that folder and the deliverables fit without it; otherwise nothing. */
function commonTop(names: readonly string[], wanted: ReadonlySet<string>): string {
  if (names.length === 0 || names.some((name) => wanted.has(name))) return '';
  const top = names[0].slice(0, names[0].indexOf('/') + 1);
  return top !== '' && names.every((name) => name.startsWith(top)) ? top : '';
}

function refuseSpecialFile(path: string, entry: yauzl.Entry): void {
  const mode = (entry.externalFileAttributes >>> 16) & S_IFMT;
  if (mode !== 0 && mode !== S_IFREG)
    throw new UngradableError(`${path}: is a link or a special file in the archive; hand in the file itself`);
  if (entry.isEncrypted()) throw new UngradableError(`${path}: is encrypted in the archive`);
}

async function inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, path: string, fileBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(new UngradableError(`${path}: ${error.message}`));
      const pieces: Buffer[] = [];
      let length = 0;
      stream.on('data', (piece: Buffer) => {
        length += piece.length;
        if (length > fileBytes) {
          stream.destroy();
          reject(new UngradableError(`${path}: more than ${fileBytes} bytes`));
        } else pieces.push(piece);
      });
      stream.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces))));
      stream.on('error', (broken: Error) =>
        reject(new UngradableError(`${path}: broken in the archive (${broken.message})`)),
      );
    });
  });
}
