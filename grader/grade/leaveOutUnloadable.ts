import { isSource } from '@im2grade/handout/rules';
import { bundleSubmission } from '../compile/bundleSubmission.ts';
import { bundleUsable, type Compiled } from '../compile/compileUsable.ts';
import type { Toolchain } from '../compile/findToolchain.ts';
import { mergeFiles } from '../compile/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { DeliverableError } from '../model/errors.ts';
import { SubmissionFault } from '../model/examination.ts';
import { notLoaded } from '../model/notLoaded.ts';
import { ChildSession } from '../run/ChildSession.ts';
import type { SessionSettings } from '../run/startChild.ts';
import { openCarefully } from '../run/openCarefully.ts';

/**
 * Compiles again a submission that cannot be loaded, without the deliverables that cannot even be loaded alone, next to
 * the skeleton's stubs.
 *
 * @returns undefined if none is to blame alone, or if nothing would be left
 * @throws MachineFault if nothing can be loaded here
 */
export async function leaveOutUnloadable(
  toolchain: Toolchain,
  assignment: Assignment,
  compiled: Compiled,
  settings: SessionSettings,
): Promise<Compiled | undefined> {
  const files = new Map(compiled.files);
  const unusable = new Map(compiled.unusable);
  for (const [path, text] of compiled.files) {
    if (!isSource(path)) continue;
    const fault = await faultAlone(toolchain, assignment, [path, text], settings);
    if (!fault) continue;
    files.delete(path);
    unusable.set(path, `${path}: cannot be loaded: ${notLoaded(fault.kind, fault.message)}`);
  }
  if (files.size === compiled.files.size || files.size === 0) return undefined;
  return { ...(await bundleUsable(toolchain, assignment, { files, unusable })), warnings: compiled.warnings };
}

async function faultAlone(
  toolchain: Toolchain,
  assignment: Assignment,
  file: readonly [path: string, text: string],
  settings: SessionSettings,
): Promise<SubmissionFault | undefined> {
  try {
    const bundle = await bundleSubmission(toolchain, assignment, mergeFiles(assignment, new Map([file])), {
      isJudged: true,
    });
    (await openCarefully((each) => ChildSession.open(settings, each), bundle)).close();
    return undefined;
  } catch (error) {
    if (error instanceof SubmissionFault) return error;
    // It needs another deliverable.
    if (error instanceof DeliverableError) return undefined;
    throw error;
  }
}
