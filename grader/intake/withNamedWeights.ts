import { MANIFEST, namedWeights, notTaken, tooManyWeights } from '@im2grade/handout/rules';
import { type Assignment, type Deliverable, mostBytesOf } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import type { Entry } from './Listing.ts';
import { inPlace } from './placeDeliverables.ts';
import { parentOf } from './plainNames.ts';
import { displayName, refusal } from './refusal.ts';

type Limited = Pick<Assignment, 'deliverables' | 'limits'>;

/** The deliverables of one submission. */
interface WithWeights {
  readonly found: ReadonlyMap<string, Entry>;
  readonly deliverables: readonly Deliverable[];
  /** The paths of weights that a manifest names and that are not there. */
  readonly missing: readonly string[];
  /** Why what a manifest names is not taken, a line each. */
  readonly refused: readonly string[];
}

/**
 * The deliverables with the files of weights that handed-in models name, which are beside them.
 *
 * @param found - the deliverables' entries by path
 * @param listings - the entries of the folder or archive, and of those that are in it
 * @throws UngradableError if one of the files is a link, is not a file, or is there twice
 */
export async function withNamedWeights(
  found: ReadonlyMap<string, Entry>,
  listings: readonly (readonly Entry[])[],
  assignment: Limited,
): Promise<WithWeights> {
  const all = new Map(found);
  const deliverables = [...assignment.deliverables];
  const [missing, refused]: string[][] = [[], []];
  for (const deliverable of assignment.deliverables) {
    const { path, modelOf } = deliverable;
    const entry = found.get(path);
    if (!entry || path !== `${modelOf}/${MANIFEST}`) continue;
    const most = mostBytesOf(assignment, deliverable);
    const named = namedWeights(await bytesOf(entry, most));
    refused.push(...named.refused.map((why) => `${path} ${why}`));
    const beside = listings.find((entries) => entries.includes(entry)) ?? [];
    const budget = budgetOf(most);
    for (const name of named.names.filter((each) => !all.has(`${modelOf}/${each}`))) {
      const weights = inPlace(beside, parentOf(entry.path) + name);
      if (!weights) missing.push(`${modelOf}/${name}`);
      else {
        all.set(`${modelOf}/${name}`, budget(weights));
        deliverables.push({ ...deliverable, path: `${modelOf}/${name}` });
      }
    }
  }
  return { found: all, deliverables, missing, refused };
}

/** The files that are in the folders of the models and are not taken, a line each. */
export function modelsNotTaken(
  { deliverables, found, missing }: WithWeights,
  others: readonly string[],
): readonly string[] {
  const models = new Set(deliverables.flatMap(({ modelOf }) => modelOf ?? []));
  return notTaken({ models: [...models], present: others.map(displayName), taken: [...found.keys()], missing });
}

/** Nothing of what cannot be read: why it cannot is said when the deliverables are read. */
async function bytesOf(entry: Entry, most: number): Promise<Uint8Array> {
  try {
    return await entry.read(most);
  } catch (error) {
    if (error instanceof UngradableError) return new Uint8Array();
    throw error;
  }
}

/** Limits the bytes that are read of some entries together. */
function budgetOf(most: number): (entry: Entry) => Entry {
  let left = most;
  return (entry) => ({
    ...entry,
    async read(maxBytes) {
      const bytes = await entry.read(maxBytes);
      if (bytes.length > left) throw refusal(entry.path, tooManyWeights(most));
      left -= bytes.length;
      return bytes;
    },
  });
}
