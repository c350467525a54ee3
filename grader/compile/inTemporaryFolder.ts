import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { letAllRead } from '../host/files/letAllRead.ts';
import { isRoot, NOBODY, type Sandbox } from '../isolation/Sandbox.ts';
import type { Workspace } from './mergeFiles.ts';
import { machineFault } from './compilerFault.ts';

/** The folder inside a staging folder to which a compiler writes. */
export const OUTPUT = 'out';

/**
 * Runs `work` in a folder that holds the workspace's files and is removed afterwards.
 *
 * @param sandbox - of the compiler; undefined if it runs in this process
 * @throws MachineFault if the folder could not be filled
 */
export async function inTemporaryFolder<T>(
  sandbox: Sandbox | undefined,
  workspace: Workspace,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = onDisk(tmpdir(), () => mkdtempSync(join(tmpdir(), 'im2grade-build-')));
  try {
    onDisk(folder, () => stage(sandbox, workspace, folder));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a compiler has left in its output folder. */
export const outputOf = (folder: string, name: string): Buffer =>
  onDisk(folder, () => readFileSync(join(folder, OUTPUT, name)));

function stage(sandbox: Sandbox | undefined, workspace: Workspace, folder: string): void {
  for (const [path, text] of workspace) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, OUTPUT));
  // The folder is readable by its owner only, and the compiler may run as the user nobody.
  if (isRoot() && (sandbox?.tier === 'strict' || sandbox?.asNobody)) {
    letAllRead(folder);
    for (const owned of [folder, join(folder, OUTPUT)]) chownSync(owned, NOBODY, NOBODY);
  }
}

function onDisk<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw machineFault('compiling', folder, (error as Error).message);
  }
}
