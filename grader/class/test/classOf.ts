import { Listing } from '../../intake/Listing.ts';
import { type ClassItem, type ClassSource, namesBelow } from '../ClassItem.ts';

/** What an entry of a class is: the text of a file, an empty folder, a clone, or a symbolic link. */
export type Kind =
  | string
  | { readonly kind: 'folder'; readonly files?: Readonly<Record<string, string>> }
  | { readonly kind: 'clone' | 'link'; readonly leadsTo?: string };

export const FOLDER: Kind = { kind: 'folder' };
export const CLONE: Kind = { kind: 'clone' };
export const LINK: Kind = { kind: 'link' };

/** A class without a disk, for what depends on names alone. */
export const classOf = (entries: Readonly<Record<string, Kind>>, name = 'class'): ClassSource => ({
  name,
  items: Object.entries(entries)
    .map(([item, kind]) => itemOf(item, kind))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
  close() {},
});

function itemOf(name: string, kind: Kind): ClassItem {
  if (typeof kind === 'string') return { kind: 'file', name, read: async () => new TextEncoder().encode(kind) };
  if (kind.kind === 'link') return { kind: 'link', name, leadsTo: kind.leadsTo };
  const inside = kind.kind === 'folder' ? (kind.files ?? {}) : {};
  return {
    kind: 'folder',
    name,
    isRepository: kind.kind === 'clone',
    names: (folder = '') => namesBelow(folder === '' ? '' : `${folder}/`, Object.keys(inside)),
    read: async (path) => new TextEncoder().encode(inside[path]),
    list: () => listingOf(name, inside),
  };
}

function listingOf(name: string, inside: Readonly<Record<string, string>>): Listing {
  const listing = new Listing(name);
  for (const [path, text] of Object.entries(inside))
    listing.add(path, 'file', async () => new TextEncoder().encode(text));
  return listing;
}

/** A folder with these files, by their paths in it. */
export const folderOf = (inside: Readonly<Record<string, string>>): Kind => ({ kind: 'folder', files: inside });

/** Files of these names, without contents. */
export const files = (...names: readonly string[]): Record<string, Kind> =>
  Object.fromEntries(names.map((name) => [name, '']));

export const folders = (...names: readonly string[]): Record<string, Kind> =>
  Object.fromEntries(names.map((name) => [name, FOLDER]));
