import { foldName } from '@im2grade/handout/rules';

/** What browsers, systems and platforms put after the stem of a file that is there already, and students by hand. */
const COUNTED = / ?\(\d{1,3}\)$|-\d{1,3}$| ?-? ?(?:copy|copia|copie|kopie|kopia)(?: \d{1,3})?$/u;
const COPY_OF = /^(?:copy of|kopie von|copie de|copia de) /u;
/** ILIAS puts a mark before the names of late files. */
const LATE_MARK = /^(?:late submission|versp(?:ä|a|ae)tete abgabe) - /u;
/** Windows hides the last suffix, and then one is added. */
const HIDDEN_SUFFIX = /(?<=\.[a-z]\w{0,11})\.txt$/u;
const SAME_SUFFIX = /\.yml$/u;
const MOST_STEPS = 4;
/** No file system has longer names. */
const LONGEST = 255;

/**
 * The names that a file may have had before something renamed it, beginning with its own, in a form that ignores case:
 * `Im2MatLayer (1).ts.txt` → `im2matlayer (1).ts`, `im2matlayer.ts`.
 *
 * @param name - the last part of its path
 */
function plainNames(name: string): string[] {
  if (name.length > LONGEST) return [name];
  const names = [foldName(name)];
  for (let step = 0; step < MOST_STEPS; step++) {
    const last = names.at(-1)!;
    const plainer = withoutOne(last);
    if (plainer === last || plainer === '') break;
    names.push(plainer);
  }
  return names;
}

function withoutOne(name: string): string {
  if (HIDDEN_SUFFIX.test(name)) return name.replace(HIDDEN_SUFFIX, '');
  if (SAME_SUFFIX.test(name)) return name.replace(SAME_SUFFIX, '.yaml');
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return name;
  const stem = name.slice(0, dot);
  return stem.replace(LATE_MARK, '').replace(COPY_OF, '').replace(COUNTED, '') + name.slice(dot);
}

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder of a path, with the slash at its end; nothing for the top. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Whether a file may be a deliverable that was renamed, moved, or both. */
export const mayBe = (path: string, deliverable: string): boolean =>
  plainNames(baseName(path)).includes(foldName(baseName(deliverable)));
