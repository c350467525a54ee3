import type { Assignment } from '../model/assignment.ts';
import { mergeFiles, type Workspace } from './mergeFiles.ts';

/**
 * The sources of a submission with deliverables of the reference in place of its own. Only the exports that the
 * assignment requires come from the reference. Whatever else a replaced deliverable exports, such as a function that
 * another deliverable imports, still comes from the submission.
 *
 * @param own - the submission's deliverables by path
 * @param reference - the reference's
 * @param substituted - the paths of the deliverables to be replaced
 */
export function substituteReference(
  assignment: Assignment,
  own: ReadonlyMap<string, string>,
  reference: ReadonlyMap<string, string>,
  substituted: readonly string[],
): Workspace {
  const files = new Map(mergeFiles(assignment, own));
  for (const { path, exports } of assignment.deliverables) {
    if (!substituted.includes(path)) continue;
    const [theirs, ours] = ['submitted', 'reference'].map((whose) => path.replace(/\.ts$/u, `.${whose}.ts`));
    const submitted = files.get(path)!;
    files.set(theirs, submitted);
    files.set(ours, reference.get(path)!);
    const others = mayHaveDefault(submitted) ? theirDefault(nameOf(theirs)) : '';
    files.set(path, facade(exports, nameOf(ours), nameOf(theirs)) + others);
  }
  return files;
}

/** A module with the reference's required exports and the submission's others: what nobody imports is not bundled. */
const facade = (required: readonly string[], ours: string, theirs: string): string => `
export { ${required.join(', ')} } from './${ours}';
export * from './${theirs}';
`;

/** A module without the word exports nothing by default. */
const mayHaveDefault = (submitted: string): boolean => /\bdefault\b/u.test(submitted);

/** `export *` leaves it out. It is undefined if the word is in the module for another reason. */
const theirDefault = (theirs: string): string => `
import * as submitted from './${theirs}';
const all: { default?: unknown } = submitted;
export default all.default;
`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
