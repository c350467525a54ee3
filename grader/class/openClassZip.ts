import yauzl from 'yauzl';
import { groupBy } from '../common/groupBy.ts';
import { cleanName, climbOf, evilName, isClutter, Listing } from '../intake/Listing.ts';
import { entriesOf, inflate, kindOf, nameOf, ZIP_OPTIONS } from '../intake/listZip.ts';
import { refusal } from '../intake/refusal.ts';
import { zipFault } from '../intake/zipFault.ts';
import { UsageError } from '../model/errors.ts';
import { byName, type ClassItem, type ClassSource, namesBelow } from './ClassItem.ts';
import { isInnerClass, requireClass, type Tops } from './requireClass.ts';

const MAX_ENTRIES = 200_000;
/** Entries and clutter together: of clutter only the names in the archive's directory are read. */
const MAX_NAMES = 2_000_000;

interface Named {
  readonly path: string;
  readonly entry: yauzl.Entry;
}

/**
 * Opens a zip archive of submissions. It stays open and is read entry by entry; nothing is unpacked to the disk. Names
 * that lead out of it and links in students' folders are ignored, so that they do not affect other students.
 *
 * @throws UsageError if it is not a zip archive, is too large, or is a single submission
 */
export async function openClassZip(
  file: string,
  shown: string,
  name: string,
  wanted: ReadonlySet<string>,
): Promise<ClassSource> {
  let zip: yauzl.ZipFile;
  const entries: Named[] = [];
  const repositories = new Set<string>();
  try {
    zip = await yauzl.openPromise(file, ZIP_OPTIONS);
    if (zip.entryCount > MAX_NAMES) throw new Error(`more than ${MAX_NAMES} entries`);
    let climb: string | undefined;
    for await (const entry of entriesOf(zip)) {
      const name = nameOf(entry).normalize();
      climb ??= climbOf(name);
      const inside = name.startsWith(climb) ? name.slice(climb.length) : name;
      const path = cleanName(inside);
      const isLink = kindOf(entry) === 'link' && !path.includes('/');
      if (path === '' || evilName(inside) || !(isLink || ['file', 'folder'].includes(kindOf(entry)))) continue;
      if (!isClutter(path)) entries.push({ path, entry });
      else if (/\/\.git(?:\/|$)/u.test(path)) repositories.add(path.slice(0, path.search(/\/\.git(?:\/|$)/u)));
      if (entries.length > MAX_ENTRIES)
        throw new Error(`more than ${MAX_ENTRIES} entries besides what tools make; unpack it and grade the folder`);
    }
  } catch (error) {
    throw new UsageError(`${shown}: not a readable zip archive (${zipFault(error)})`);
  }
  const [top, inner] = withoutTop(entries, wanted);
  requireClass(topsOf(inner), wanted, shown);
  const items = [...groupBy(inner, firstPart)].map(([itemName, group]) =>
    itemOf(zip, itemName, group, repositories.has(top + itemName)),
  );
  return { name: top.slice(0, -1) || name, items: items.sort(byName), close: () => zip.close() };
}

const firstPart = ({ path }: Named): string => path.split('/')[0];
const firstParts = (entries: readonly Named[]): string[] => [...new Set(entries.map(firstPart))];

function topsOf(entries: readonly Named[]): Tops {
  const paths = new Set(entries.map(({ path }) => path));
  return { names: firstParts(entries), has: (name, path) => paths.has(`${name}/${path}`) };
}

/**
 * The one folder that holds everything, if that is the class and not its only student; and the entries relative to it.
 */
function withoutTop(entries: readonly Named[], wanted: ReadonlySet<string>): [top: string, entries: readonly Named[]] {
  const [first, ...others] = firstParts(entries);
  if (first === undefined || others.length > 0) return ['', entries];
  const top = `${first}/`;
  const inner = entries
    .filter(({ path }) => path !== first)
    .map(({ path, entry }) => ({ path: path.slice(top.length), entry }));
  return isInnerClass(first, topsOf(inner), wanted) ? [top, inner] : ['', entries];
}

function itemOf(zip: yauzl.ZipFile, name: string, group: readonly Named[], isRepository: boolean): ClassItem {
  const [{ path, entry }] = group;
  if (group.length === 1 && path === name && kindOf(entry) === 'link') return { kind: 'link', name };
  if (group.length === 1 && path === name && kindOf(entry) === 'file')
    return { kind: 'file', name, read: (maxBytes) => inflate(zip, entry, maxBytes) };
  return {
    kind: 'folder',
    name,
    isRepository,
    names: (inside) =>
      namesBelow(
        inside === undefined ? `${name}/` : `${name}/${inside}/`,
        group.map(({ path }) => path),
      ),
    async read(inside, maxBytes) {
      const found = group.find(({ path, entry }) => path === `${name}/${inside}` && kindOf(entry) === 'file');
      if (!found) throw refusal(`${name}/${inside}`, 'is missing');
      return inflate(zip, found.entry, maxBytes);
    },
    list() {
      const listing = new Listing(name);
      for (const { path, entry } of group) {
        const inside = path.slice(name.length + 1);
        listing.add(inside, kindOf(entry), (maxBytes) => inflate(zip, entry, maxBytes));
      }
      return listing;
    },
  };
}
