import { refusal, displayName } from './refusal.ts';

/** An entry of a folder or an archive; untrusted. */
export interface Entry {
  /** Forward slashes, relative, without `.`, `..` or a slash at the end. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  /**
   * The bytes of a file, counted as they are read.
   *
   * @throws UngradableError if there are more than `maxBytes`, or they are broken
   */
  read(maxBytes: number): Promise<Uint8Array>;
}

/** Files that tools add on their own. */
const CLUTTER =
  /^(?:.*\/)?(?:__MACOSX|node_modules|\.git|\.svn|\.hg|\.idea|\.vscode|__pycache__)(?=\/|$)|^(?:.*\/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/;

/** True for files that tools add on their own. */
export const isClutter = (path: string): boolean => CLUTTER.test(path);

const MAX_SKIPPED_NAMES = 20;

/** No file system has longer paths. */
const MAX_NAME_LENGTH = 4096;
/** Of one submission; no honest one has nearly as many. */
const MAX_ENTRIES = 2000;

/** Clutter does not count towards a submission's entries, but the work on it is bounded too. */
const MAX_NAMES_PER_ENTRY = 20;

/** The result of listing a folder or an archive. */
export type Listed = Pick<Listing, 'entries' | 'skipped'>;

/** The names of a folder or an archive: bounded in number, cleaned, without the clutter that tools add. */
export class Listing {
  readonly #source: string;
  readonly #maxEntries: number;
  readonly #entries: Entry[] = [];
  readonly #skipped = new Set<string>();
  #names = 0;

  constructor(source: string, maxEntries = MAX_ENTRIES) {
    this.#source = source;
    this.#maxEntries = maxEntries;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Clutter that was left out, each folder once. */
  get skipped(): readonly string[] {
    return [...this.#skipped];
  }

  /**
   * @param name - as it is in the source
   * @throws UngradableError if the name leads out of the archive or is too long, or there are too many
   */
  add(name: string, kind: Entry['kind'], read: Entry['read']): void {
    if (name.length > MAX_NAME_LENGTH)
      throw refusal(this.#source, `a name is longer than ${MAX_NAME_LENGTH} characters`);
    if (++this.#names > this.#maxEntries * MAX_NAMES_PER_ENTRY)
      throw refusal(this.#source, `more than ${this.#maxEntries * MAX_NAMES_PER_ENTRY} names`);
    const evil = evilName(name);
    if (evil) throw refusal(this.#source, `the archive is refused: ${evil}: ${name}`);
    const path = cleanName(name);
    if (path === '') return;
    const clutter = CLUTTER.exec(path)?.[0];
    if (clutter !== undefined) this.#skip(clutter);
    else if (this.#entries.push({ path, kind, read }) > this.#maxEntries)
      throw refusal(this.#source, `more than ${this.#maxEntries} entries; hand in the deliverables only`);
  }

  #skip(path: string): void {
    if (this.#skipped.size < MAX_SKIPPED_NAMES) this.#skipped.add(displayName(path));
  }
}

/** Why a name leads out of its archive; undefined if it does not. */
export function evilName(name: string): string | undefined {
  if (/^[/\\]|^[a-z]:/iu.test(name)) return 'absolute path';
  if (name.split(/[/\\]/u).includes('..')) return 'invalid relative path';
  return undefined;
}

/** `./a//b/` → `a/b`; some systems write backslashes. */
export const cleanName = (name: string): string =>
  name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
