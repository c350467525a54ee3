import { Listing } from '../../intake/Listing.ts';
import type { ClassItem, ClassSource } from '../ClassItem.ts';

/** What an entry of a class is: the text of a file, an empty folder, a clone, or a symbolic link. */
export type Kind = string | { readonly kind: 'folder' | 'clone' | 'link'; readonly leadsTo?: string };

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
  return { kind: 'folder', name, isRepository: kind.kind === 'clone', list: () => new Listing(name) };
}

/** Files of these names, without contents. */
export const files = (...names: readonly string[]): Record<string, Kind> =>
  Object.fromEntries(names.map((name) => [name, '']));

export const folders = (...names: readonly string[]): Record<string, Kind> =>
  Object.fromEntries(names.map((name) => [name, FOLDER]));
