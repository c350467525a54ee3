import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { isClutter } from './Listing.ts';
import type { Places } from './placeDeliverables.ts';

const known = new Map<string, Places>();

/** The deliverables of an assignment, and the other files of its skeleton. */
export function placesOf({ deliverables, folders }: Pick<Assignment, 'deliverables' | 'folders'>): Places {
  const wanted = deliverables.map(({ path }) => path);
  const key = JSON.stringify([folders.skeleton, wanted]);
  const places = known.get(key) ?? { wanted, given: givenBeside(wanted, folders.skeleton) };
  known.set(key, places);
  return places;
}

function givenBeside(wanted: readonly string[], skeleton: string): Set<string> {
  const files = readdirSync(skeleton, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(skeleton, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return new Set(files.filter((path) => !wanted.includes(path) && !isClutter(path)));
}
