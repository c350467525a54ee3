import type { Assignment, Criterion } from '../model/assignment.ts';
import type { Declaration } from '../model/examination.ts';

/**
 * The first mismatch between an assignment and its suites: a criterion that no suite or more than one suite examines,
 * or a setting that is not read or is missing.
 *
 * @param yaml - the text of `assignment.yaml`, to find the line
 * @returns undefined if they fit; otherwise one line with the file and the line
 */
export function mistakeIn(
  { id: assignment }: Pick<Assignment, 'id'>,
  criteria: readonly Criterion[],
  declarations: readonly Declaration[],
  yaml: string,
): string | undefined {
  const declared = new Map(declarations.map((declaration) => [declaration.id, declaration]));
  const known = new Set(criteria.map(({ id }) => id));
  for (const { id } of declarations) {
    if (!known.has(id)) return `tests/${assignment}: a suite examines "${id}", which is not in assignment.yaml`;
    if (declarations.filter((other) => other.id === id).length > 1)
      return `tests/${assignment}: "${id}" is examined twice`;
  }
  for (const criterion of criteria) {
    const wrong = mistakeAt(criterion, declared.get(criterion.id), assignment);
    if (wrong) return `skeleton/${assignment}/assignment.yaml:${lineOf(criterion.id, yaml)}: ${criterion.id}: ${wrong}`;
  }
  return undefined;
}

function mistakeAt(
  { kind, notMeasurable, settings }: Criterion,
  declared: Declaration | undefined,
  assignment: string,
): string | undefined {
  if (kind === 'manual' || notMeasurable !== undefined) return undefined;
  if (!declared) return `no suite in tests/${assignment} examines this criterion`;
  const given = Object.keys(settings);
  const unread = given.find((name) => !declared.settings.includes(name));
  const list = declared.settings.join(', ') || 'none';
  if (unread !== undefined) return `settings: "${unread}" is not read; the suite reads: ${list}`;
  const missing = declared.settings.find((name) => !given.includes(name));
  return missing === undefined ? undefined : `settings: "${missing}" is missing; the suite reads: ${list}`;
}

/** The line on which a criterion's row begins. */
function lineOf(id: string, yaml: string): number {
  const row = new RegExp(`\\bid:\\s*['"]?${id.replaceAll('.', '\\.')}['"]?\\s*(?:$|[,}#])`, 'u');
  return yaml.split('\n').findIndex((line) => row.test(line)) + 1;
}
