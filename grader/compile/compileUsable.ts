import { isSource } from '@im2grade/handout/rules';
import type { Assignment } from '../model/assignment.ts';
import { DeliverableError, UngradableError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';
import { bundleSubmission } from './bundleSubmission.ts';
import { checkTypes, type TypeWarning } from './checkTypes.ts';
import type { Toolchain } from './findToolchain.ts';
import { CompilerStopped } from './freshProcesses.ts';
import { mergeFiles } from './mergeFiles.ts';
import { type ForeignImport, importRefusal, readForeignImports } from './readForeignImports.ts';

/** What can be compiled of a submission. */
export interface Compiled {
  readonly bundle: Uint8Array;
  /** The deliverables that can be used, by path: their texts without imports that nothing uses. */
  readonly files: ReadonlyMap<string, string>;
  /** Why each of the others cannot, by path. */
  readonly unusable: ReadonlyMap<string, string>;
  readonly warnings: readonly TypeWarning[];
}

/**
 * Compiles a submission. The skeleton's stub takes the place of a deliverable that is missing or cannot be compiled, so
 * that the others can be examined. (ADR 17)
 *
 * @throws UngradableError if nothing of the submission can be used, or no single deliverable is to blame
 * @throws MachineFault if the compilers gave no verdict
 */
export async function compileUsable(
  toolchain: Toolchain,
  assignment: Assignment,
  submission: Pick<Submission, 'files' | 'unusable'>,
): Promise<Compiled> {
  const [compiled, types] = await Promise.all([
    bundleUsable(toolchain, assignment, submission),
    checkTypes(toolchain, assignment, mergeFiles(assignment, submission.files)),
  ]);
  const { unusable } = compiled;
  return { ...compiled, warnings: [...compiled.warnings, ...types.filter(({ path }) => !unusable.has(path))] };
}

/**
 * Leaves out one deliverable after another until the others can be bundled.
 *
 * @throws UngradableError if none is left
 */
export async function bundleUsable(
  toolchain: Toolchain,
  assignment: Assignment,
  submission: Pick<Submission, 'files' | 'unusable'>,
): Promise<Compiled> {
  const files = new Map(submission.files);
  const unusable = new Map(submission.unusable);
  const drop = (path: string, reason: string): void => {
    files.delete(path);
    unusable.set(path, reason);
    // What was handed in and is wrong helps more than what is missing.
    const [first] = [...unusable].filter(([each]) => submission.files.has(each));
    if (files.size === 0) throw new UngradableError(first[1]);
  };
  const foreign = await readForeignImports(toolchain, assignment, mergeFiles(assignment, files));
  for (const each of foreign)
    if (!each.unused && files.has(each.path)) drop(each.path, importRefusal(each, assignment));
  const unused = foreign.filter((each) => each.unused && files.has(each.path));
  for (const each of unused) files.set(each.path, withoutImport(files.get(each.path)!, each));
  for (;;) {
    try {
      const bundle = await bundleSubmission(toolchain, assignment, mergeFiles(assignment, files), { isJudged: true });
      return { bundle, files, unusable, warnings: unused.map(unusedWarning) };
    } catch (error) {
      const faults = error instanceof CompilerStopped ? await stoppedBy(toolchain, assignment, files) : faultIn(error);
      if (!faults.some(({ path }) => files.has(path))) throw error;
      for (const { path, message } of faults) drop(path, message);
    }
  }
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

const faultIn = (error: unknown): Fault[] => (error instanceof DeliverableError ? [error] : []);

/** The sources that stop a compiler even alone, next to the skeleton's stubs. */
async function stoppedBy(
  toolchain: Toolchain,
  assignment: Assignment,
  files: ReadonlyMap<string, string>,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [path, text] of files) {
    if (!isSource(path)) continue;
    const alone = mergeFiles(assignment, new Map([[path, text]]));
    try {
      await bundleSubmission(toolchain, assignment, alone, { isJudged: true, isOneTry: true });
    } catch (error) {
      if (error instanceof CompilerStopped) faults.push({ path, message: `${path}: ${error.message}` });
      // Other mistakes, such as an import from another deliverable, show when the rest is compiled.
      else if (!(error instanceof DeliverableError)) throw error;
    }
  }
  return faults;
}

/** The text with blanks in place of a declaration, so that all places stay the same. */
function withoutImport(text: string, { unused }: ForeignImport): string {
  const { start, end } = unused!;
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\r\n]/gu, ' ') + text.slice(end);
}

const unusedWarning = ({ path, line, name }: ForeignImport): TypeWarning => ({
  path,
  line,
  message: `nothing uses the import of "${name}", which is not allowed; it was left out`,
});

/**
 * The texts that suites read: the skeleton's in place of sources that cannot be used.
 *
 * @param files - the deliverables that can be used, by path
 */
export function withStubs(assignment: Assignment, files: ReadonlyMap<string, string>): Map<string, string> {
  const whole = new Map(files);
  const workspace = mergeFiles(assignment, files);
  for (const { path, optional } of assignment.deliverables) {
    const stub = workspace.get(path);
    if (!optional && isSource(path) && stub !== undefined) whole.set(path, stub);
  }
  return whole;
}
