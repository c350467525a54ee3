import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { Assignment, type AssignmentFolders } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';

/**
 * Reads `assignment.yaml` of one assignment.
 *
 * @throws UsageError with file, line and column of every place that does not fit the schema
 */
export function readAssignment(id: string, folders: AssignmentFolders): Assignment {
  const path = join(folders.skeleton, 'assignment.yaml');
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) throw new UsageError(`${path}: ${document.errors[0].message.split('\n')[0]}`);
  const parsed = Assignment.safeParse(document.toJS());
  if (parsed.success) return { ...parsed.data, id, folders };
  const issues = parsed.error.issues.map((issue) => {
    const { line, col } = lines.linePos(offsetOf(document, issue.path));
    return `${path}:${line}:${col}: ${issue.path.join('.')}: ${issue.message}`;
  });
  throw new UsageError(issues.join('\n'));
}

/** Where in the text a schema issue's path lies: the deepest part of it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
