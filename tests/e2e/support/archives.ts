import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of an archive that is written as specified, even if it is inconsistent. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes?: Uint8Array;
  /** Unix mode with the kind of file; a plain file if left out. */
  readonly mode?: number;
  /** The size that the archive declares; the true one if left out. */
  readonly claimedSize?: number;
  /** The type flag of a tar header; derived from the mode if left out. */
  readonly type?: string;
  /** Fields of the entry in a zip archive's directory, in addition to its name. */
  readonly extra?: Uint8Array;
  readonly comment?: Uint8Array;
}

export const LINK_MODE = 0o120777;
const FILE_MODE = 0o100644;
const NOTHING = new Uint8Array(0);

/** A zip archive of these entries, deflated, in this order, whatever their names are. */
export function zipOf(entries: readonly ArchiveEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, bytes = NOTHING, mode = FILE_MODE, claimedSize = bytes.length } = entry;
    const { extra = NOTHING, comment = NOTHING } = entry;
    const [path, packed] = [Buffer.from(name), deflateRawSync(bytes)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedSize, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, packed]);
    const tail = Buffer.alloc(14);
    common.writeUInt16LE(extra.length, 24);
    tail.writeUInt16LE(comment.length, 0);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, tail, path, extra, comment]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A tar archive of these entries; a mode of a link makes a link to `/etc/passwd`. */
export function tarOf(entries: readonly ArchiveEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const bytes = entry.bytes ?? NOTHING;
    return [tarHeader(entry, bytes.length), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function tarHeader({ name, mode = FILE_MODE, claimedSize, type }: ArchiveEntry, size: number): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, '0'), at, digits, 'latin1');
  const kind = mode & 0o170000;
  header.write(name, 0, 100);
  octal(mode & 0o7777, 100, 7);
  octal(claimedSize ?? size, 124, 11);
  octal(0, 136, 11);
  header.write(type ?? (kind === 0o120000 ? '2' : kind === 0o040000 ? '5' : kind === 0o010000 ? '6' : '0'), 156);
  if (kind === 0o120000) header.write('/etc/passwd', 157);
  header.write('ustar\x0000', 257, 'latin1');
  header.fill(' ', 148, 156);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  header[154] = 0;
  return header;
}
