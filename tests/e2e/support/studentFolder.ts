import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { folderInRepository } from './folderInRepository.ts';
import { assignmentOf, ROOT } from './gradeFiles.ts';

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A student's folders: one with the stubs, and one in which everything is solved. */
export interface StudentFolder {
  readonly folder: string;
  /** Runs node in `stubs`, `solved` or another folder next to them, with an otherwise empty environment. */
  run(cwd: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

/** The handout's folder as a student would have it, twice; removed when the tests have ended. */
export function studentFolder(assignmentId: string): StudentFolder {
  const { folders } = assignmentOf(assignmentId);
  const folder = folderInRepository('student');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(folders.skeleton, join(folder, 'stubs'), { recursive: true });
  for (const part of [folders.skeleton, folders.reference]) cpSync(part, join(folder, 'solved'), { recursive: true });
  return {
    folder,
    run: (cwd, args, env = {}) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, args, {
          cwd: join(folder, cwd),
          env: { PATH: process.env['PATH'], ...env },
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (piece: Buffer) => (output += piece.toString()));
        child.on('close', (code) => resolve({ code, output }));
      }),
  };
}

/** Node's arguments for one of the handout's programs, and for its tests. */
export const program = (name: string, ...args: string[]): string[] => [
  '--import',
  join(ROOT, 'node_modules/tsx/dist/loader.mjs'),
  `programs/${name}.ts`,
  ...args,
];
export const jest = ['--experimental-vm-modules', join(ROOT, 'node_modules/jest/bin/jest.js')];
