import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assignment, type AssignmentFolders } from '../model/assignment.ts';
import { applyWeights } from './applyWeights.ts';
import { checkWeights } from './checkWeights.ts';
import { readYaml } from './readYaml.ts';

/**
 * Reads the `assignment.yaml` of one assignment and applies its weights to the points of its criteria.
 *
 * @param root - the folder of im2grade, which has the packages
 * @throws UsageError with file, line and column of the first place that does not fit the schema or the skeleton next to
 *   it
 */
export function readAssignment(root: string, id: string, folders: AssignmentFolders): Assignment {
  const assignment = readYaml(join(folders.skeleton, 'assignment.yaml'), fittingSkeleton(root, folders.skeleton));
  return { ...assignment, rubric: applyWeights(assignment), id, folders };
}

/**
 * Checks the schema, the weights, and that everything it names exists. Otherwise every submission would be refused for
 * a mistake in the assignment.
 */
const fittingSkeleton = (root: string, skeleton: string) =>
  Assignment.superRefine(({ entry, packages, deliverables, weights, rubric }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (weights) checkWeights(weights, rubric, (path, message) => issue(['weights', ...path], message));
    if (!existsSync(join(skeleton, entry))) issue(['entry'], `"${entry}" is not in the skeleton`);
    packages.forEach((name, i) => {
      if (!existsSync(join(root, 'skeleton', libraryOf(name), 'package.json')))
        issue(['packages', i], `"${name}" is not a package in skeleton/`);
    });
    deliverables.forEach(({ path, exports }, d) => {
      if (exports.length === 0) return;
      const text = existsSync(join(skeleton, path)) ? readFileSync(join(skeleton, path), 'utf8') : undefined;
      if (text === undefined) return issue(['deliverables', d, 'path'], `"${path}" is not in the skeleton`);
      const missing = exports.findIndex((name) => !new RegExp(`\\bexport\\b[^;{]*\\b${name}\\b`, 'u').test(text));
      if (missing >= 0)
        issue(['deliverables', d, 'exports', missing], `${path} of the skeleton does not export "${exports[missing]}"`);
    });
  });

/** `@im2grade/nn` → `nn` */
const libraryOf = (name: string): string => name.slice(name.indexOf('/') + 1);
