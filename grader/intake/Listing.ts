import { refusal, displayName } from './refusal.ts';

/** An entry of a folder or an archive; untrusted. */
export interface Entry {
  /** Forward slashes, relative, without `.`, `..` or a slash at the end. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  /** Its path on the disk; undefined inside an archive. */
  readonly file?: string | undefined;
  /** The user whose hard links are read there. */
  readonly linksOf?: number | undefined;
  /**
   * The bytes of a file, counted as they are read.
   *
   * @throws UngradableError if there are more than `maxBytes`, or they are broken
   */
  read(maxBytes: number): Promise<Uint8Array>;
}

/** Folders that tools make: packages, virtual environments, caches, coverage, version control. */
const CLUTTER_FOLDERS = [
  ...['__MACOSX', 'node_modules', 'bower_components', 'coverage', 'site-packages', '__pycache__', 'venv'],
  ...['.git', '.svn', '.hg', '.idea', '.vscode', '.venv', '.virtualenv', '.nyc_output', '.yarn', '.pnpm-store', '.npm'],
  ...['.cache', '.parcel-cache', '.turbo', '.next', '.tox', '.pytest_cache', '.mypy_cache', '.ipynb_checkpoints'],
]
  .join('|')
  .replaceAll('.', '\\.');

/** Files that tools add on their own. */
const CLUTTER = new RegExp(
  `^(?:.*/)?(?:${CLUTTER_FOLDERS})(?=/|$)|^(?:.*/)?(?:\\.DS_Store|Thumbs\\.db|desktop\\.ini|\\._[^/]*)$`,
  'u',
);

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
export interface Listed {
  readonly entries: readonly Entry[];
  /** Clutter that was left out, each folder once. */
  readonly skipped: readonly string[];
  /** What was assumed about the names, in sentences. */
  readonly assumed: readonly string[];
  /** Archives among the entries, if deliverables are looked for in them. */
  readonly archives?: readonly InnerArchive[];
}

/** An archive that was opened because deliverables are missing without it. */
export interface InnerArchive {
  readonly name: string;
  readonly listed: Listed;
  /** Of two archives of one hand-in, the one handed in later has the higher number, if that is known. */
  readonly order?: number | undefined;
}

interface Bounds {
  readonly maxEntries?: number;
  /** Entries and clutter together. */
  readonly maxNames?: number;
}

/** The names of a folder or an archive: bounded in number, cleaned, without the clutter that tools add. */
export class Listing implements Listed {
  readonly #source: string;
  readonly #maxEntries: number;
  readonly #maxNames: number;
  readonly #entries: Entry[] = [];
  readonly #skipped = new Set<string>();
  /** The `../` with which all names begin. */
  #climb: string | undefined;
  #names = 0;

  constructor(source: string, { maxEntries = MAX_ENTRIES, maxNames = maxEntries * MAX_NAMES_PER_ENTRY }: Bounds = {}) {
    this.#source = source;
    this.#maxEntries = maxEntries;
    this.#maxNames = maxNames;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get skipped(): readonly string[] {
    return [...this.#skipped];
  }

  get assumed(): readonly string[] {
    if (!this.#climb) return [];
    return [`all names in the archive begin with ${this.#climb}, which was left out`];
  }

  /**
   * @param name - as it is in the source
   * @param disk - its path on the disk
   * @returns whether it is an entry, and not clutter
   * @throws UngradableError if the name leads out of the archive or is too long, or there are too many
   */
  add(name: string, kind: Entry['kind'], read: Entry['read'], disk?: Pick<Entry, 'file' | 'linksOf'>): boolean {
    if (name.length > MAX_NAME_LENGTH)
      throw refusal(this.#source, `a name is longer than ${MAX_NAME_LENGTH} characters`);
    if (++this.#names > this.#maxNames) throw refusal(this.#source, `more than ${this.#maxNames} names`);
    const path = cleanName(this.#inside(name));
    if (path === '') return false;
    const clutter = CLUTTER.exec(path)?.[0];
    if (clutter !== undefined) {
      this.#skip(clutter);
      return false;
    }
    if (this.#entries.push({ path, kind, read, ...disk }) > this.#maxEntries)
      throw refusal(
        this.#source,
        `more than ${this.#maxEntries} entries${this.#mostly()}; hand in the deliverables only`,
      );
    return true;
  }

  /** The name without the `../` that all names have in common: `zip -r ../hw.zip ../hw` makes such archives. */
  #inside(name: string): string {
    const climb = climbOf(name);
    this.#climb ??= climb;
    if (climb !== this.#climb) throw this.#evil('invalid relative path', climb === '' ? `${this.#climb}…` : name);
    const inside = name.slice(climb.length);
    const evil = evilName(inside);
    if (evil) throw this.#evil(evil, name);
    return inside;
  }

  #evil(why: string, name: string): Error {
    return refusal(this.#source, `pack it again, from inside its folder; the archive is refused: ${why}: ${name}`);
  }

  /** The folder at the top that has the most entries. */
  #mostly(): string {
    const counts = new Map<string, number>();
    for (const { path } of this.#entries) {
      const top = path.includes('/') ? path.split('/').slice(0, -1).slice(0, 2).join('/') : '';
      if (top !== '') counts.set(top, (counts.get(top) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    return most && most[1] > this.#maxEntries / 2 ? `, most of them in ${displayName(most[0])}` : '';
  }

  #skip(path: string): void {
    if (this.#skipped.size < MAX_SKIPPED_NAMES) this.#skipped.add(displayName(path));
  }
}

/** The `../` at the beginning of a name, in either kind of slash. */
export const climbOf = (name: string): string => /^(?:\.\.[/\\])*/u.exec(name)![0];

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
